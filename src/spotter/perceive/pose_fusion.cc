// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/pose_fusion.h"

#include <algorithm>

#include "spotter/perceive/pose_measure.h"

namespace spotter::perceive {
namespace {

constexpr float kAgreement = 0.15F;  // torso lengths

// Confidence that the detector needs to be believed against a refined joint of this visibility.
float NeededConfidence(float visibility) { return 0.3F + 0.4F * std::clamp((visibility - 0.6F) / 0.37F, 0.0F, 1.0F); }

// Visibility is near 1 for almost everything in sight and near 0 for what is hidden, but mostly placed well.
float ConfidenceOfVisibility(float visibility) { return 0.15F + 0.65F * visibility; }

}  // namespace

Pose FusePoses(const Pose& rough, const Pose& refined, float aspect) {
  const bool mirrored = MeanBodyDistance(Mirrored(rough), refined, aspect) < MeanBodyDistance(rough, refined, aspect);
  const float torso = TorsoLength(rough, aspect);
  Pose fused = refined;
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    const Keypoint& a = rough.keypoints[j];
    const Keypoint& b = refined.keypoints[j];
    Keypoint& joint = fused.keypoints[j];
    joint.confidence = ConfidenceOfVisibility(b.confidence);
    if (Distance(Isotropic(a, aspect), Isotropic(b, aspect)) <= kAgreement * torso) {
      joint.confidence = std::max(joint.confidence, a.confidence);
      continue;
    }
    constexpr float kDoubt = 0.7F;  // one of the two is wrong
    if (!mirrored && a.confidence > NeededConfidence(b.confidence)) joint = a;
    joint.confidence *= kDoubt;
  }
  return fused;
}

}  // namespace spotter::perceive
