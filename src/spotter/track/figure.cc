// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/figure.h"

namespace spotter::track {
namespace {

constexpr float kSeen = 0.3F;  // keypoint confidence
constexpr auto kFirst = static_cast<std::size_t>(KeypointId::kLeftShoulder);
constexpr auto kLeftAnkle = static_cast<std::size_t>(KeypointId::kLeftAnkle) - kFirst;

}  // namespace

Figure MakeFigure(Pts pts, float frame_aspect, const PerceivedPerson& person) {
  Figure figure{.pts = pts, .ground = {}};
  for (std::size_t i = 0; i < kBodyJointCount; ++i) {
    const Keypoint& joint = person.pose.keypoints[kFirst + i];
    figure.joints[i] = {joint.x * frame_aspect, joint.y};
    figure.seen[i] = joint.confidence >= kSeen;
  }
  const std::size_t right_ankle = OtherSide(kLeftAnkle);
  if (figure.seen[kLeftAnkle] && figure.seen[right_ankle]) {
    figure.ground = Midpoint(figure.joints[kLeftAnkle], figure.joints[right_ankle]);
  } else if (figure.seen[kLeftAnkle] || figure.seen[right_ankle]) {
    figure.ground = figure.joints[figure.seen[kLeftAnkle] ? kLeftAnkle : right_ankle];
  }
  return figure;
}

}  // namespace spotter::track
