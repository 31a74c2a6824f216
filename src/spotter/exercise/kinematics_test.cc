// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/kinematics.h"

#include <limits>

#include <gtest/gtest.h>

#include "spotter/exercise/testing/stick_figure.h"
#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

using testing::ArmPose;
using testing::Camera;
using testing::Photographer;
using testing::Posture;
using testing::Squatting;

constexpr float kAspect = 16.0F / 9;

FeatureFrame Measure(const Posture& posture, const Camera& camera = {}) {
  Photographer photographer(camera);
  Kinematics kinematics;
  // The person stands first, so that the torso length is known.
  kinematics.Update(MakeJoints(photographer.Photograph(Squatting(0)), Pts{0}, kAspect));
  return kinematics.Update(MakeJoints(photographer.Photograph(posture), FromSeconds(0.1), kAspect));
}

double Degrees(const FeatureFrame& frame, Feature feature) { return frame.Get({feature}) * kDegreesPerRadian; }

TEST(KinematicsTest, MeasuresASquatFromTheSide) {
  const FeatureFrame frame = Measure(Squatting(1));
  EXPECT_NEAR(Degrees(frame, Feature::kTorsoLean), 35, 1);
  EXPECT_NEAR(Degrees(frame, Feature::kTorsoTilt), 35, 5);
  EXPECT_NEAR(Degrees(frame, Feature::kKnee), 60, 3);
  EXPECT_NEAR(frame.Get({Feature::kKneeHeight}), -0.07F, 0.05F);
  EXPECT_LT(frame.Get({Feature::kHipHeight}), 1.0F);
  EXPECT_NEAR(Measure(Squatting(0)).Get({Feature::kHipHeight}), 1.68F, 0.1F);
}

TEST(KinematicsTest, WhoSquatsIsOverTheFeetAndWhoSitsIsNot) {
  const testing::LegPose thighs_level{.thigh = 88, .shank = 0};
  const Posture sitting{.trunk = 8, .left_leg = thighs_level, .right_leg = thighs_level};
  for (const double yaw_deg : {0.0, 30.0, 150.0, 180.0}) {
    EXPECT_GT(Measure(Squatting(1), {.yaw_deg = yaw_deg}).Get({Feature::kBalance}), -0.2F) << yaw_deg;
    EXPECT_LT(Measure(sitting, {.yaw_deg = yaw_deg}).Get({Feature::kBalance}), -0.5F) << yaw_deg;
  }
  EXPECT_EQ(Measure(sitting, {.yaw_deg = 90}).Get({Feature::kBalance}), 0) << "from the front nobody can tell";
}

TEST(KinematicsTest, SeesTheForwardLeanAlsoFromTheFront) {
  EXPECT_NEAR(Degrees(Measure(Squatting(1), {.yaw_deg = 90}), Feature::kTorsoLean), 0, 2);
  EXPECT_NEAR(Degrees(Measure(Squatting(1), {.yaw_deg = 90}), Feature::kTorsoTilt), 35, 5);
}

TEST(KinematicsTest, ThighsThatPointAtTheCameraAreShort) {
  EXPECT_NEAR(Measure(Squatting(1)).Get({Feature::kThighLength}), 0.84F, 0.05F);
  EXPECT_LT(Measure(Squatting(1), {.yaw_deg = 90}).Get({Feature::kThighLength}), 0.3F);
  EXPECT_GT(Measure(Squatting(0), {.yaw_deg = 90}).Get({Feature::kThighLength}), 0.8F);
}

TEST(KinematicsTest, AMirroredPictureGivesTheSameFeatures) {
  const FeatureFrame plain = Measure(testing::Walking(0.4), {.yaw_deg = 35});
  const FeatureFrame mirrored = Measure(testing::Walking(0.4), {.yaw_deg = 35, .mirrored = true});
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    // Signed by the side of the picture: only its size means something.
    if (feature == Feature::kHipsX || feature == Feature::kAnklesX) continue;
    if (feature == Feature::kSway || feature == Feature::kFootLead || feature == Feature::kKneeLead) {
      EXPECT_NEAR(plain.mean[i], -mirrored.mean[i], 1e-4);
      continue;
    }
    EXPECT_NEAR(plain.mean[i], mirrored.mean[i], 1e-4) << Name(feature);
  }
  for (std::size_t i = 0; i < kPairedCount; ++i) {
    // A mirrored person's left hand is on the right.
    EXPECT_NEAR(plain.left[i], mirrored.right[i], 1e-4) << Name(static_cast<Feature>(i));
    EXPECT_NEAR(plain.right[i], mirrored.left[i], 1e-4) << Name(static_cast<Feature>(i));
  }
}

TEST(KinematicsTest, MissingJointsGiveMissingFeaturesNotWrongOnes) {
  Photographer photographer({});
  PerceivedPerson person = photographer.Photograph(Squatting(0));
  for (const KeypointId id : {KeypointId::kLeftAnkle, KeypointId::kRightAnkle}) person.pose[id].confidence = 0.02F;
  person.pose[KeypointId::kLeftWrist].x = std::numeric_limits<float>::quiet_NaN();
  Kinematics kinematics;
  const FeatureFrame frame = kinematics.Update(MakeJoints(person, Pts{0}, kAspect));
  EXPECT_TRUE(std::isnan(frame.Get({Feature::kKnee})));
  EXPECT_TRUE(std::isnan(frame.Get({Feature::kHipHeight})));
  EXPECT_TRUE(std::isnan(frame.Get({Feature::kElbow, SideUse::kLeft})));
  EXPECT_FALSE(std::isnan(frame.Get({Feature::kElbow, SideUse::kRight})));
  EXPECT_FALSE(std::isnan(frame.Get({Feature::kTorsoLean})));
}

TEST(KinematicsTest, LegsThatStandDifferentlyAreStaggered) {
  const FeatureRef stagger{Feature::kStagger};
  Posture lunge;
  lunge.left_leg = {.thigh = 85, .shank = 0};
  lunge.right_leg = {.thigh = -10, .shank = -85};
  EXPECT_LT(Measure(Squatting(1)).Get(stagger), 0.1F);
  EXPECT_GT(Measure(lunge).Get(stagger), 0.5F);
}

TEST(KinematicsTest, HandsPulledToTheHipsAreSeenFromEverySide) {
  const auto bent_over = [](const ArmPose& arm) { return Posture{.trunk = 60, .left_arm = arm, .right_arm = arm}; };
  for (const double yaw_deg : {0.0, 45.0, 90.0, 135.0}) {
    const FeatureFrame hanging = Measure(bent_over({}), {.yaw_deg = yaw_deg});
    const FeatureFrame pulled = Measure(bent_over({.upper_forward = -60}), {.yaw_deg = yaw_deg});
    EXPECT_GT(hanging.Get({Feature::kWristHip}) - pulled.Get({Feature::kWristHip}), 0.25F) << yaw_deg;
  }
}

TEST(KinematicsTest, TellsHowWellTheLegsAreSeen) {
  Photographer photographer({});
  PerceivedPerson person = photographer.Photograph(Squatting(0));
  for (const KeypointId id :
       {KeypointId::kLeftKnee, KeypointId::kRightKnee, KeypointId::kLeftAnkle, KeypointId::kRightAnkle})
    person.pose[id].confidence = 0.2F;
  Kinematics kinematics;
  EXPECT_NEAR(kinematics.Update(MakeJoints(person, Pts{0}, kAspect)).legs_seen, 0.2F, 1e-4F);
}

TEST(KinematicsTest, NobodyGivesNothing) {
  Kinematics kinematics;
  const FeatureFrame frame = kinematics.Update(Joints{});
  for (const float value : frame.mean) EXPECT_TRUE(std::isnan(value));
}

TEST(KinematicsTest, AWrongJointDoesNotChangeTheScaleForLong) {
  Photographer photographer({});
  Kinematics kinematics;
  for (int i = 0; i < 60; ++i) {
    PerceivedPerson person = photographer.Photograph(Squatting(0));
    if (i == 20 || i == 21) person.pose[KeypointId::kLeftElbow] = {0.01F, 0.01F, 0.9F};
    kinematics.Update(MakeJoints(person, FromSeconds(i / 15.0), kAspect));
  }
  EXPECT_NEAR(kinematics.scale(), 0.2F, 0.02F);
}

}  // namespace
}  // namespace spotter::exercise
