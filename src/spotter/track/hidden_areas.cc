// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/hidden_areas.h"

#include <algorithm>
#include <initializer_list>

namespace spotter::track {
namespace {

constexpr float kSeen = 0.3F;  // keypoint confidence

// Joints are placed a little beyond a mirror's edge, where the figure is cut off: each is drawn so far towards the
// box's middle.
constexpr float kDrawnTogether = 0.08F;

Point GroundPoint(const Box& box, const Pose& pose) {
  Point sum;
  int seen = 0;
  for (const KeypointId ankle : {KeypointId::kLeftAnkle, KeypointId::kRightAnkle}) {
    if (pose[ankle].confidence < kSeen) continue;
    sum = sum + pose[ankle].point();
    ++seen;
  }
  return seen > 0 ? 1.0F / static_cast<float>(seen) * sum : Point{box.center().x, box.y1};
}

bool LiesIn(const Polygon& area, const Box& box, const Pose& pose) {
  const Point center = box.center();
  bool any = false;
  for (const Keypoint& joint : pose.keypoints) {
    if (joint.confidence < kSeen) continue;
    any = true;
    if (!Contains(area, joint.point() + kDrawnTogether * (center - joint.point()))) return false;
  }
  return any;
}

}  // namespace

bool HiddenAreas::Hide(const Box& box, const Pose& pose) const {
  if (areas_.empty()) return false;
  const Point ground = GroundPoint(box, pose);
  return std::any_of(areas_.begin(), areas_.end(),
                     [&](const Polygon& area) { return Contains(area, ground) || LiesIn(area, box, pose); });
}

}  // namespace spotter::track
