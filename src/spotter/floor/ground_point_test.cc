// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/ground_point.h"

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

using enum KeypointId;

constexpr float kMetre = 0.2F;  // frame heights
constexpr float kFloor = 0.5F + 0.95F * kMetre;

// Stands with the hips in the middle of a square picture.
ScenePerson Standing() {
  ScenePerson person;
  const auto put = [&](KeypointId id, float x, float y, float confidence) {
    person.perceived.pose[id] = {0.5F + kMetre * x, 0.5F + kMetre * y, confidence};
  };
  put(kLeftShoulder, 0.18F, -0.5F, 0.9F);
  put(kRightShoulder, -0.18F, -0.5F, 0.9F);
  put(kLeftHip, 0.1F, 0, 0.9F);
  put(kRightHip, -0.1F, 0, 0.9F);
  put(kLeftAnkle, 0.1F, 0.84F, 0.8F);
  put(kRightAnkle, -0.1F, 0.84F, 0.8F);
  person.perceived.box = {0.4F, 0.3F, 0.6F, 0.7F};
  person.activity = Activity::kStanding;
  return person;
}

TEST(GroundPointTest, LiesBetweenTheFeet) {
  const std::optional<GroundPoint> at = FindGroundPoint(Standing(), 1);
  ASSERT_TRUE(at);
  EXPECT_NEAR(at->on_floor.x, 0.5F, 1e-3F);
  EXPECT_NEAR(at->on_floor.y, kFloor, 0.01F);
}

TEST(GroundPointTest, AFootThatIsGuessedFarAwayTellsNothing) {
  ScenePerson person = Standing();
  person.perceived.pose[kRightAnkle] = {0.1F, 0.55F, 0.22F};
  const std::optional<GroundPoint> at = FindGroundPoint(person, 1);
  ASSERT_TRUE(at);
  EXPECT_NEAR(at->on_floor.x, 0.5F, 0.03F);
  EXPECT_NEAR(at->on_floor.y, kFloor, 0.01F);
}

// A person whose feet a machine hides; the network guesses them so far below the hips, metres.
ScenePerson BehindAMachine(Activity activity, float feet, float confidence) {
  ScenePerson person = Standing();
  person.activity = activity;
  for (const KeypointId id : {kLeftAnkle, kRightAnkle}) {
    person.perceived.pose[id].y = 0.5F + feet * kMetre;
    person.perceived.pose[id].confidence = confidence;
  }
  return person;
}

TEST(GroundPointTest, WhoIsUprightBehindAMachineStandsALegsLengthBelowTheHips) {
  for (const Activity activity : {Activity::kWalking, Activity::kWiping}) {
    for (const float feet : {0.2F, 0.4F, 0.7F}) {
      for (const float confidence : {0.4F, 0.1F}) {
        const std::optional<GroundPoint> at = FindGroundPoint(BehindAMachine(activity, feet, confidence), 1);
        ASSERT_TRUE(at);
        EXPECT_NEAR(at->on_floor.y, kFloor, 0.02F) << feet << " " << confidence;
      }
    }
  }
}

TEST(GroundPointTest, FeetLowerThanALegsLengthAreBelieved) {
  const std::optional<GroundPoint> at = FindGroundPoint(BehindAMachine(Activity::kWalking, 0.95F, 0.4F), 1);
  ASSERT_TRUE(at);
  EXPECT_GT(at->on_floor.y, kFloor + 0.05F * kMetre);
}

TEST(GroundPointTest, AFrameThatShortensTheTrunkDoesNotLiftTheFloor) {
  ScenePerson person = BehindAMachine(Activity::kWalking, 0.2F, 0.1F);
  for (const KeypointId id : {kLeftShoulder, kRightShoulder}) person.perceived.pose[id].y = 0.5F - 0.35F * kMetre;
  EXPECT_LT(FindGroundPoint(person, 1)->on_floor.y, kFloor - 0.15F * kMetre);
  const std::optional<GroundPoint> at = FindGroundPoint(person, 1, kMetre);
  EXPECT_NEAR(at->on_floor.y, kFloor, 0.06F * kMetre);
  EXPECT_LT(at->metre, 0.9F * kMetre);  // what this frame shows
}

// Head towards the camera: the trunk looks a third, the legs a fifth as long as they are.
TEST(GroundPointTest, WhoRestsOnHandsAndFeetIsBetweenThem) {
  ScenePerson person = Standing();
  Pose& pose = person.perceived.pose;
  for (const KeypointId id : {kLeftShoulder, kRightShoulder}) pose[id].y = 0.5F - 0.17F * kMetre;
  for (const KeypointId id : {kLeftAnkle, kRightAnkle}) pose[id].y = 0.5F + 0.16F * kMetre;
  for (const KeypointId id : {kLeftWrist, kRightWrist}) pose[id] = {0.5F, 0.5F + 0.5F * kMetre, 0.9F};
  const std::optional<GroundPoint> at = FindGroundPoint(person, 1);
  ASSERT_TRUE(at);
  EXPECT_NEAR(at->on_floor.y, 0.5F + 0.38F * kMetre, 0.02F * kMetre);
  for (const KeypointId id : {kLeftWrist, kRightWrist}) pose[id].y = 0.5F;  // sits: hands on the lap
  EXPECT_LT(FindGroundPoint(person, 1)->on_floor.y, 0.5F + 0.2F * kMetre);
}

}  // namespace
}  // namespace spotter::floor
