// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/observation.h"

#include <algorithm>
#include <array>
#include <functional>

namespace spotter::track {
namespace {

constexpr auto kFirstBodyJoint = static_cast<std::size_t>(KeypointId::kLeftShoulder);
constexpr std::size_t kBestJoints = 6;
constexpr float kMargin = 0.25F;  // of the box

// Mean confidence of the six best body joints. Six clear joints are hardly ever an accident, also where the detector is
// unsure of the person as a whole (cut off, dark, seen from above); on plants, the edges of posters and machines they
// are not found. A joint far outside the box is somebody else's. 0 without a pose.
double PoseEvidence(const Detection& detection) {
  const Box& box = detection.box;
  const float margin_x = kMargin * box.width();
  const float margin_y = kMargin * box.height();
  std::array<double, kKeypointCount - kFirstBodyJoint> confidences{};
  for (std::size_t i = 0; i < confidences.size(); ++i) {
    const Keypoint& joint = detection.pose.keypoints[kFirstBodyJoint + i];
    const bool inside = joint.x >= box.x0 - margin_x && joint.x <= box.x1 + margin_x && joint.y >= box.y0 - margin_y &&
                        joint.y <= box.y1 + margin_y;
    confidences[i] = inside ? joint.confidence : 0;
  }
  std::partial_sort(confidences.begin(), confidences.begin() + kBestJoints, confidences.end(), std::greater<>());
  double sum = 0;
  for (std::size_t i = 0; i < kBestJoints; ++i) sum += confidences[i];
  return sum / kBestJoints;
}

}  // namespace

Observation Observe(Pts pts, float frame_aspect, const Detection& detection) {
  Observation observation{pts, std::max<double>(detection.confidence, PoseEvidence(detection)), detection.box,
                          detection.pose, detection.appearance};
  observation.box.x0 *= frame_aspect;
  observation.box.x1 *= frame_aspect;
  for (Keypoint& joint : observation.pose.keypoints) joint.x *= frame_aspect;
  return observation;
}

void Shift(Observation& observation, Point offset) {
  observation.box.x0 += offset.x;
  observation.box.x1 += offset.x;
  observation.box.y0 += offset.y;
  observation.box.y1 += offset.y;
  for (Keypoint& joint : observation.pose.keypoints) {
    joint.x += offset.x;
    joint.y += offset.y;
  }
}

}  // namespace spotter::track
