// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/movement.h"

#include <gtest/gtest.h>

#include "spotter/exercise/kinematics.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::Posture;
using testing::Squatting;

constexpr double kFromTheFront_deg = 90;

// The same body, smaller in the picture.
PerceivedPerson FartherAway(PerceivedPerson person, float size) {
  for (Keypoint& keypoint : person.pose.keypoints) {
    keypoint.x = 0.5F + size * (keypoint.x - 0.5F);
    keypoint.y = 0.3F + size * (keypoint.y - 0.3F);
  }
  return person;
}

Movement FromStanding(const Posture& turn, float size) {
  testing::Photographer photographer({.yaw_deg = kFromTheFront_deg});
  Kinematics kinematics;
  FeatureHistory history;
  const auto push = [&](const PerceivedPerson& person) {
    const Pts pts = FromSeconds(static_cast<double>(history.frames().size()) / 15);
    history.Push(kinematics.Update(MakeJoints(person, pts, 16.0F / 9)));
  };
  for (int i = 0; i < 15; ++i) push(photographer.Photograph(Squatting(0)));
  push(FartherAway(photographer.Photograph(turn), size));
  return MeasureMovement(history, {{0, 0}, {15, 15}, {0, 15}});
}

TEST(MovementTest, WhoGoesAwayFromTheCameraOnlyGetsSmaller) {
  EXPECT_GT(GrowthShare(FromStanding(Squatting(0), 0.75F)), 0.98F);
}

TEST(MovementTest, WhoSquatsDoesMoreThanGettingSmaller) {
  EXPECT_LT(GrowthShare(FromStanding(Squatting(1), 1)), 0.8F);
  EXPECT_LT(GrowthShare(FromStanding(Squatting(1), 0.95F)), 0.8F);
}

TEST(MovementTest, NoMovementIsNoGrowth) { EXPECT_EQ(GrowthShare(FromStanding(Squatting(0), 1)), 0); }

}  // namespace
}  // namespace spotter::exercise
