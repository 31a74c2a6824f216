// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/joints.h"

#include <gtest/gtest.h>

#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

constexpr float kGuessed = 0.3F;
constexpr float kSeen = 0.9F;

Keypoint& At(PerceivedPerson& person, KeypointId id) { return person.pose.keypoints[static_cast<std::size_t>(id)]; }

// Somebody who stands, both shanks folded upwards.
PerceivedPerson FoldedUp(float confidence) {
  const testing::Posture folded{.left_leg = {.thigh = 5, .shank = -150}, .right_leg = {.thigh = 5, .shank = -150}};
  PerceivedPerson person = testing::Photographer({.yaw_deg = 60}).Photograph(folded);
  At(person, KeypointId::kLeftAnkle).confidence = At(person, KeypointId::kRightAnkle).confidence = confidence;
  return person;
}

bool AreAnklesKnown(const PerceivedPerson& person) {
  const Joints joints = MakeJoints(person, Pts{0}, 16.0F / 9);
  return joints[KeypointId::kLeftAnkle].weight > 0 && joints[KeypointId::kRightAnkle].weight > 0;
}

TEST(JointsTest, FeetAboveTheKneesOfSomebodyUprightAreGuessed) {
  EXPECT_FALSE(AreAnklesKnown(FoldedUp(kGuessed)));
  EXPECT_TRUE(AreAnklesKnown(FoldedUp(kSeen)));
}

TEST(JointsTest, OneFootMayBeLifted) {
  PerceivedPerson person = FoldedUp(kGuessed);
  At(person, KeypointId::kRightAnkle) = {At(person, KeypointId::kRightKnee).x, 1.2F, kGuessed};
  EXPECT_TRUE(AreAnklesKnown(person));
}

TEST(JointsTest, WhoLiesMayHaveTheFeetAboveTheKnees) {
  PerceivedPerson person = FoldedUp(kGuessed);
  for (Keypoint& keypoint : person.pose.keypoints) keypoint = {keypoint.y, 1 - keypoint.x, keypoint.confidence};
  At(person, KeypointId::kLeftAnkle).y = At(person, KeypointId::kLeftKnee).y - 0.1F;
  At(person, KeypointId::kRightAnkle).y = At(person, KeypointId::kRightKnee).y - 0.1F;
  EXPECT_TRUE(AreAnklesKnown(person));
}

TEST(JointsTest, WhatIsFarOutsideThePictureOrHardlyBelievedIsNotSeen) {
  PerceivedPerson person = testing::Photographer({}).Photograph(testing::Squatting(0));
  At(person, KeypointId::kLeftWrist).x = 1.5F;
  At(person, KeypointId::kRightWrist).confidence = 0.1F;
  const Joints joints = MakeJoints(person, Pts{0}, 16.0F / 9);
  EXPECT_EQ(joints[KeypointId::kLeftWrist].weight, 0);
  EXPECT_EQ(joints[KeypointId::kRightWrist].weight, 0);
  EXPECT_GT(joints[KeypointId::kLeftElbow].weight, 0);
}

}  // namespace
}  // namespace spotter::exercise
