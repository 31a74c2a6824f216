// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/pose_measure.h"

#include <algorithm>
#include <array>
#include <vector>

#include "spotter/base/median.h"

namespace spotter::perceive {
namespace {

constexpr float kSure = 0.2F;
// The same joint of the other side.
constexpr std::array<std::size_t, kKeypointCount> kOtherSide = {0,  2, 1,  4,  3,  6,  5,  8, 7,
                                                                10, 9, 12, 11, 14, 13, 16, 15};
constexpr auto kFirstBodyJoint = static_cast<std::size_t>(KeypointId::kLeftShoulder);

}  // namespace

float TorsoLength(const Pose& pose, float aspect) {
  const auto middle = [&](KeypointId left, KeypointId right) {
    return Midpoint(Isotropic(pose[left], aspect), Isotropic(pose[right], aspect));
  };
  const Point shoulders = middle(KeypointId::kLeftShoulder, KeypointId::kRightShoulder);
  const Point hips = middle(KeypointId::kLeftHip, KeypointId::kRightHip);
  return std::max(Distance(shoulders, hips), 0.01F);
}

float LargestMovement(const Pose& before, const Pose& after, float aspect) {
  float largest = 0;
  for (std::size_t j = kFirstBodyJoint; j < kKeypointCount; ++j) {
    const Keypoint& a = before.keypoints[j];
    const Keypoint& b = after.keypoints[j];
    if (std::min(a.confidence, b.confidence) < kSure) continue;
    largest = std::max(largest, Distance(Isotropic(a, aspect), Isotropic(b, aspect)));
  }
  return largest / TorsoLength(after, aspect);
}

float MeanBodyDistance(const Pose& a, const Pose& b, float aspect) {
  float sum = 0;
  for (std::size_t j = kFirstBodyJoint; j < kKeypointCount; ++j) {
    sum += Distance(Isotropic(a.keypoints[j], aspect), Isotropic(b.keypoints[j], aspect));
  }
  return sum / static_cast<float>(kKeypointCount - kFirstBodyJoint);
}

Pose Mirrored(const Pose& pose) {
  Pose mirrored;
  for (std::size_t j = 0; j < kKeypointCount; ++j) mirrored.keypoints[j] = pose.keypoints[kOtherSide[j]];
  return mirrored;
}

float MedianDisagreement(const Pose& a, const Pose& b, float aspect) {
  std::vector<float> distances;
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    if (a.keypoints[j].confidence < kSure) continue;
    distances.push_back(Distance(Isotropic(a.keypoints[j], aspect), Isotropic(b.keypoints[j], aspect)));
  }
  if (distances.empty()) return 0;
  return Median(std::move(distances)) / TorsoLength(a, aspect);
}

}  // namespace spotter::perceive
