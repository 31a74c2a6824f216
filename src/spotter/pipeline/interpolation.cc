// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/interpolation.h"

#include <algorithm>
#include <cmath>

#include "spotter/base/check.h"

namespace spotter::pipeline {
namespace {

Box Blend(const Box& a, const Box& b, float t) {
  return {std::lerp(a.x0, b.x0, t), std::lerp(a.y0, b.y0, t), std::lerp(a.x1, b.x1, t), std::lerp(a.y1, b.y1, t)};
}

// A joint that only one side has seen has no position in between: it keeps the seen one's place with confidence 0.
Keypoint Blend(const Keypoint& a, const Keypoint& b, float t) {
  if (a.confidence == 0 || b.confidence == 0) {
    const Keypoint& seen = a.confidence == 0 ? b : a;
    return {seen.x, seen.y, 0};
  }
  return {std::lerp(a.x, b.x, t), std::lerp(a.y, b.y, t), std::min(a.confidence, b.confidence)};
}

Landmark Blend(const Landmark& a, const Landmark& b, float t) {
  return {std::lerp(a.x, b.x, t), std::lerp(a.y, b.y, t), std::lerp(a.z, b.z, t), std::min(a.confidence, b.confidence)};
}

WorldPoint Blend(const WorldPoint& a, const WorldPoint& b, float t) {
  return {std::lerp(a.x, b.x, t), std::lerp(a.y, b.y, t), std::lerp(a.z, b.z, t)};
}

template <typename Points>
Points BlendAll(const Points& a, const Points& b, float t) {
  Points out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = Blend(a[i], b[i], t);
  return out;
}

PerceivedPerson Blend(const PerceivedPerson& a, const PerceivedPerson& b, float t) {
  PerceivedPerson out{.track_id = b.track_id,
                      .confidence = std::min(a.confidence, b.confidence),
                      .box = Blend(a.box, b.box, t),
                      .pose = {}};
  out.pose.keypoints = BlendAll(a.pose.keypoints, b.pose.keypoints, t);
  if (a.landmarks && b.landmarks) out.landmarks = BlendAll(*a.landmarks, *b.landmarks, t);
  if (a.world_landmarks && b.world_landmarks) out.world_landmarks = BlendAll(*a.world_landmarks, *b.world_landmarks, t);
  return out;
}

}  // namespace

FrameHeader HeaderOf(const Frame& frame) {
  return {.pts = frame.pts, .captured_at = frame.captured_at, .width = frame.width, .height = frame.height};
}

Perception Interpolate(const Perception& before, const Perception& after, const FrameHeader& at) {
  SPOTTER_CHECK(before.pts < at.pts && at.pts < after.pts);
  const auto t = static_cast<float>(ToSeconds(at.pts - before.pts) / ToSeconds(after.pts - before.pts));
  Perception out{.camera_id = after.camera_id,
                 .pts = at.pts,
                 .captured_at = at.captured_at,
                 .width = at.width,
                 .height = at.height,
                 .people = {},
                 .reflections = {},
                 .objects = before.objects};
  for (const PerceivedPerson& b : after.people) {
    const auto a = std::ranges::find(before.people, b.track_id, &PerceivedPerson::track_id);
    if (a != before.people.end()) out.people.push_back(Blend(*a, b, t));
  }
  RoundToWire(out);
  return out;
}

}  // namespace spotter::pipeline
