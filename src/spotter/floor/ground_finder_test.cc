// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/ground_finder.h"

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

using enum KeypointId;

// Somebody who walks behind a machine that hides the legs, the trunk `trunk` frame heights long.
Scene WalkerAt(double seconds, float trunk) {
  ScenePerson person;
  person.activity = Activity::kWalking;
  for (const KeypointId id : {kLeftShoulder, kRightShoulder}) person.perceived.pose[id] = {0.5F, 0.4F - trunk, 0.9F};
  for (const KeypointId id : {kLeftHip, kRightHip}) person.perceived.pose[id] = {0.5F, 0.4F, 0.9F};
  Scene scene;
  scene.camera_id = CameraId("cam_01");
  scene.pts = Pts{static_cast<long>(seconds * 1e6)};
  scene.width = scene.height = 720;
  scene.people.push_back(person);
  return scene;
}

class GroundFinderTest : public ::testing::Test {
 protected:
  float FloorAt(double seconds, float trunk) {
    const Scene scene = WalkerAt(seconds, trunk);
    return finder_.Find(scene, scene.pts, scene.people[0])->on_floor.y;
  }

  GroundFinder finder_;
};

TEST_F(GroundFinderTest, ABendForAMomentDoesNotMoveWhoWalks) {
  const float upright = FloorAt(0, 0.1F);
  EXPECT_NEAR(FloorAt(0.1, 0.08F), upright, 1e-4F);
  EXPECT_NEAR(FloorAt(0.3, 0.08F), upright, 1e-4F);
}

TEST_F(GroundFinderTest, WhoLooksSmallerForLongerIsFartherAway) {
  const float near = FloorAt(0, 0.1F);
  FloorAt(0.3, 0.08F);
  EXPECT_LT(FloorAt(0.6, 0.08F), near - 0.02F);
}

TEST_F(GroundFinderTest, RemembersEachTrackForItself) {
  FloorAt(0, 0.2F);
  Scene other = WalkerAt(0.1, 0.1F);
  other.people[0].perceived.track_id = TrackId(7);
  EXPECT_NEAR(finder_.Find(other, other.pts, other.people[0])->on_floor.y, 0.4F + 0.9F * 0.2F, 1e-4F);
}

}  // namespace
}  // namespace spotter::floor
