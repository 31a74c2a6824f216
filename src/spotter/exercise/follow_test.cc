// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/follow.h"

#include <gtest/gtest.h>

#include "spotter/exercise/free_count.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::Posture;
using testing::RaisingSideways;
using testing::Squatting;
using testing::ThereAndBack;

constexpr double kPeriod_s = 2;

FeatureHistory Repeat(Posture (*posture)(double), double duration_s) {
  return testing::FilmHistory([=](double t) { return posture(ThereAndBack(std::fmod(t, kPeriod_s) / kPeriod_s)); },
                              duration_s, {.yaw_deg = 60});
}

Span Whole(const FeatureHistory& history) { return {0, history.frames().size() - 1}; }

MovementTemplate MovementOf(Posture (*posture)(double)) {
  const FeatureHistory history = Repeat(posture, 4 * kPeriod_s);
  return MeanMovement(CountFreely(history, Whole(history), nullptr).attempts);
}

TEST(FollowTest, TheWayAlongAMovementGoesFromNoneToAllOfIt) {
  const FeatureHistory history = Repeat(RaisingSideways, kPeriod_s);
  const Series way = AlongMovement(history, Whole(history), MovementOf(RaisingSideways));
  EXPECT_NEAR(way.values.front(), 0, 0.15);
  EXPECT_NEAR(way.values[way.values.size() / 2], 1, 0.15);
  EXPECT_NEAR(way.values.back(), 0, 0.15);
}

TEST(FollowTest, ARepetitionIsFoundBeforeItsEnd) {
  const MovementTemplate movement = MovementOf(RaisingSideways);
  for (const auto& [share, found] : {std::pair{0.6, 2U}, std::pair{0.85, 3U}}) {
    const FeatureHistory history = Repeat(RaisingSideways, (2 + share) * kPeriod_s);
    EXPECT_EQ(Follow(history, Whole(history), movement, AnyExercise()).size(), found) << share;
  }
}

TEST(FollowTest, AnotherMovementIsNotFollowed) {
  const FeatureHistory history = Repeat(Squatting, 4 * kPeriod_s);
  EXPECT_TRUE(Follow(history, Whole(history), MovementOf(RaisingSideways), AnyExercise()).empty());
}

}  // namespace
}  // namespace spotter::exercise
