// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/free_count.h"

#include <gtest/gtest.h>

#include "spotter/exercise/everyday.h"
#include "spotter/exercise/principal.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::FilmHistory;
using testing::Posture;
using testing::RaisingSideways;
using testing::ThereAndBack;

Span Whole(const FeatureHistory& history) { return {0, history.frames().size() - 1}; }

Posture Raise(double t, double period_s) { return RaisingSideways(ThereAndBack(std::fmod(t, period_s) / period_s)); }

class FreeCountTempo : public ::testing::TestWithParam<double> {};

TEST_P(FreeCountTempo, CountsAnyPeriodicMovement) {
  const double period_s = GetParam();
  const FeatureHistory history =
      FilmHistory([=](double t) { return Raise(t, period_s); }, 6 * period_s, {.yaw_deg = 90});
  const FreeCount count = CountFreely(history, Whole(history), nullptr);
  EXPECT_EQ(count.attempts.size(), 6U);
  EXPECT_NEAR(count.period_s, period_s, 0.15 * period_s);
  EXPECT_GT(count.strength, 0.8F);
}

INSTANTIATE_TEST_SUITE_P(Tempo, FreeCountTempo, ::testing::Values(0.8, 1.5, 3.0, 6.0));

TEST(FreeCountTest, LimbsThatTakeTurnsCountOneRepetitionASide) {
  const auto alternate = [](double t) {
    Posture posture;
    const double angle = 110 * ThereAndBack(std::fmod(t, 1.5) / 1.5);
    (static_cast<int>(t / 1.5) % 2 == 0 ? posture.left_arm : posture.right_arm).upper_forward = angle;
    (static_cast<int>(t / 1.5) % 2 == 0 ? posture.left_arm : posture.right_arm).fore_forward = angle;
    return posture;
  };
  const FeatureHistory history = FilmHistory(alternate, 12);
  EXPECT_NEAR(static_cast<double>(CountFreely(history, Whole(history), nullptr).attempts.size()), 8, 1);
}

TEST(FreeCountTest, TwoMovementsInTurnAreOneRepetitionEach) {
  const auto in_turn = [](double t) {
    const double height = ThereAndBack(std::fmod(t, 2.0) / 2.0);
    return static_cast<int>(t / 2.0) % 2 == 0 ? RaisingSideways(height) : testing::Squatting(height);
  };
  const FeatureHistory history = FilmHistory(in_turn, 16, {.yaw_deg = 60});
  const FreeCount count = CountFreely(history, Whole(history), nullptr);
  EXPECT_EQ(count.attempts.size(), 8U);
  EXPECT_TRUE(IsExercise(history, count, Whole(history), Stretch::kMoment));
}

TEST(FreeCountTest, TwoLargeMovementsAreAnExerciseOnlyForWhoDoesNothingElse) {
  const auto raise_twice = [](double t) { return t < 1 || t > 4.2 ? Posture{} : Raise(t - 1, 1.6); };
  for (const auto& [duration_s, is_set] : {std::pair{5.0, true}, std::pair{30.0, false}}) {
    const FeatureHistory history = FilmHistory(raise_twice, duration_s, {.yaw_deg = 90});
    const FreeCount count = CountFreely(history, Whole(history), nullptr);
    EXPECT_EQ(IsExercise(history, count, Whole(history), Stretch::kStay), is_set) << duration_s;
  }
}

TEST(FreeCountTest, StandingStillAndAOneOffMovementAreNoExercise) {
  const FeatureHistory still = FilmHistory([](double) { return Posture{}; }, 12, {.jitter = 0.01});
  EXPECT_FALSE(IsExercise(still, CountFreely(still, Whole(still), nullptr), Whole(still), Stretch::kMoment));
  const FeatureHistory once = FilmHistory([](double t) { return RaisingSideways(ThereAndBack((t - 4) / 2)); }, 12);
  EXPECT_FALSE(IsExercise(once, CountFreely(once, Whole(once), nullptr), Whole(once), Stretch::kMoment));
}

TEST(FreeCountTest, WalkingThroughThePictureIsNoExercise) {
  const FeatureHistory history = FilmHistory([](double t) { return testing::Walking(1.8 * t); }, 10);
  EXPECT_FALSE(IsExercise(history, CountFreely(history, Whole(history), nullptr), Whole(history), Stretch::kMoment));
}

TEST(FreeCountTest, SteadyWalkersWalkAboutFromAnySideAndSquattersDoNot) {
  for (const double yaw_deg : {0.0, 60.0}) {
    const FeatureHistory walker =
        FilmHistory([](double t) { return testing::Walking(1.8 * t); }, 8, {.yaw_deg = yaw_deg});
    EXPECT_TRUE(IsWalkingAbout(walker, Whole(walker))) << yaw_deg;
    const auto squat = [](double t) { return testing::Squatting(ThereAndBack(std::fmod(t, 2.5) / 2.5)); };
    const FeatureHistory squatter = FilmHistory(squat, 10, {.yaw_deg = yaw_deg});
    EXPECT_FALSE(IsWalkingAbout(squatter, Whole(squatter))) << yaw_deg;
  }
}

TEST(FreeCountTest, TooFewFramesGiveNothing) {
  const FeatureHistory history = FilmHistory([](double t) { return Raise(t, 1); }, 0.5);
  EXPECT_TRUE(CountFreely(history, Whole(history), nullptr).attempts.empty());
}

TEST(PeriodTest, TheFirstStrongPeakIsThePeriodNotItsDouble) {
  const FeatureHistory history = FilmHistory([](double t) { return Raise(t, 2); }, 16, {.yaw_deg = 90});
  const auto components = PrincipalComponents(history, Whole(history), 1);
  ASSERT_EQ(components.size(), 1U);
  EXPECT_NEAR(EstimatePeriod(history, components[0].series).seconds, 2, 0.1);
  EXPECT_GT(components[0].variance_share, 0.9F);
}

}  // namespace
}  // namespace spotter::exercise
