// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/pose_fusion.h"

#include <gtest/gtest.h>

#include "spotter/perceive/pose_measure.h"

namespace spotter::perceive {
namespace {

constexpr auto kWrist = KeypointId::kLeftWrist;

// An upright body with a torso of 0.2; left joints right of the middle.
Pose Body(float confidence) {
  Pose pose;
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    const float side = j == 0 ? 0 : (j % 2 == 1 ? 0.05F : -0.05F);
    pose.keypoints[j] = {0.5F + side, 0.2F + 0.04F * static_cast<float>(j), confidence};
  }
  pose[KeypointId::kLeftShoulder].y = pose[KeypointId::kRightShoulder].y = 0.3F;
  pose[KeypointId::kLeftHip].y = pose[KeypointId::kRightHip].y = 0.5F;
  return pose;
}

TEST(FusePoses, WhereTheTwoAgreeTheRefinedJointWins) {
  const Pose rough = Body(0.9F);
  Pose refined = Body(0.99F);
  refined[kWrist].x += 0.02F;
  const Keypoint wrist = FusePoses(rough, refined, 1)[kWrist];
  EXPECT_EQ(wrist.x, refined[kWrist].x);
  EXPECT_EQ(wrist.confidence, 0.9F);
}

TEST(FusePoses, AHiddenJointIsTakenFromADetectorThatIsSure) {
  const Pose rough = Body(0.7F);
  Pose refined = Body(0.99F);
  refined[kWrist] = {0.9F, 0.9F, 0.2F};
  const Keypoint wrist = FusePoses(rough, refined, 1)[kWrist];
  EXPECT_EQ(wrist.point(), rough[kWrist].point());
  EXPECT_LT(wrist.confidence, rough[kWrist].confidence);  // somebody is wrong
}

TEST(FusePoses, AVisibleJointIsKeptAgainstADetectorThatDoubts) {
  Pose rough = Body(0.7F);
  const Pose refined = Body(0.99F);
  rough[kWrist] = {0.9F, 0.9F, 0.4F};
  EXPECT_EQ(FusePoses(rough, refined, 1)[kWrist].point(), refined[kWrist].point());
}

TEST(FusePoses, NothingIsMixedWhenTheTwoTakeLeftForRight) {
  const Pose rough = Mirrored(Body(0.9F));
  Pose refined = Body(0.5F);
  const Pose fused = FusePoses(rough, refined, 1);
  for (std::size_t j = 0; j < kKeypointCount; ++j) EXPECT_EQ(fused.keypoints[j].point(), refined.keypoints[j].point());
}

TEST(PoseMeasure, MovementIsThatOfTheFastestBodyJointInTorsoLengths) {
  const Pose before = Body(0.9F);
  Pose after = before;
  after[kWrist].x += 0.1F;
  after[KeypointId::kNose].y += 0.5F;  // the face does not count
  EXPECT_NEAR(LargestMovement(before, after, 1), 0.5F, 1e-5);
  EXPECT_NEAR(LargestMovement(before, after, 2), 1, 1e-5);  // x is twice as long in a wide frame
  after[kWrist].confidence = 0;
  EXPECT_EQ(LargestMovement(before, after, 1), 0);
}

TEST(PoseMeasure, DisagreementIsTheMedianOverSureJoints) {
  const Pose a = Body(0.9F);
  Pose b = a;
  EXPECT_EQ(MedianDisagreement(a, b, 1), 0);
  b[kWrist].x += 0.8F;  // one joint does not make a disagreement
  EXPECT_EQ(MedianDisagreement(a, b, 1), 0);
  for (Keypoint& joint : b.keypoints) joint.y += 0.1F;
  EXPECT_NEAR(MedianDisagreement(a, b, 1), 0.5F, 1e-5);
  EXPECT_EQ(MedianDisagreement(Body(0.1F), b, 1), 0);
}

}  // namespace
}  // namespace spotter::perceive
