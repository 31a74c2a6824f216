// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/movement.h"

#include <gtest/gtest.h>

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
  const auto person_at = [&](double t) {
    return t < 1 ? photographer.Photograph(Squatting(0)) : FartherAway(photographer.Photograph(turn), size);
  };
  const FeatureHistory history = testing::HistoryOf(person_at, 16 / 15.0);
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
