// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/joints.h"

#include <algorithm>
#include <cmath>

namespace spotter::exercise {
namespace {

// A pose model may place a joint a little outside the picture; farther out it is a guess.
constexpr float kMaxOutside = 0.35F;

bool IsUsable(const Keypoint& keypoint) {
  return std::isfinite(keypoint.x) && std::isfinite(keypoint.y) && keypoint.confidence >= kMinJointConfidence &&
         keypoint.x > -kMaxOutside && keypoint.x < 1 + kMaxOutside && keypoint.y > -kMaxOutside &&
         keypoint.y < 1 + kMaxOutside;
}

}  // namespace

Joints MakeJoints(const PerceivedPerson& person, Pts pts, float aspect) {
  Joints joints{.pts = pts};
  for (std::size_t i = 0; i < kKeypointCount; ++i) {
    const Keypoint& keypoint = person.pose.keypoints[i];
    if (!IsUsable(keypoint)) continue;
    joints.joints[i] = {{keypoint.x * aspect, keypoint.y}, std::min(keypoint.confidence, 1.0F)};
  }
  if (!person.world_landmarks) return joints;
  joints.world.emplace();
  for (std::size_t i = 0; i < kKeypointCount; ++i)
    (*joints.world)[i] = (*person.world_landmarks)[kLandmarkOfKeypoint[i]];
  return joints;
}

std::optional<Point> MiddleOf(const Joints& joints, KeypointId left, KeypointId right) {
  const Joint& l = joints[left];
  const Joint& r = joints[right];
  if (l.weight > 0 && r.weight > 0) return Midpoint(l.at, r.at);
  if (l.weight > 0) return l.at;
  if (r.weight > 0) return r.at;
  return std::nullopt;
}

KeypointId Mirrored(KeypointId id) {
  const auto index = static_cast<std::size_t>(id);
  if (index == 0) return id;
  return static_cast<KeypointId>(index % 2 == 1 ? index + 1 : index - 1);
}

}  // namespace spotter::exercise
