// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/free_count.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/exercise/everyday.h"
#include "spotter/exercise/principal.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::FilmHistory;
using testing::LegPose;
using testing::Photographer;
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
  EXPECT_TRUE(IsExercise(history, count, Stretch::kMoment));
}

TEST(FreeCountTest, AFewLargeMovementsAreAnExerciseOnlyForWhoDoesNothingElse) {
  const auto raise = [](double t) { return t < 1 || t > 5.8 ? Posture{} : Raise(t - 1, 1.6); };
  for (const auto& [duration_s, is_set] : {std::pair{6.5, true}, std::pair{40.0, false}}) {
    const FeatureHistory history = FilmHistory(raise, duration_s, {.yaw_deg = 90});
    const FreeCount count = CountFreely(history, Whole(history), nullptr);
    EXPECT_EQ(count.attempts.size(), 3U) << duration_s;
    EXPECT_EQ(IsExercise(history, count, Stretch::kStay), is_set) << duration_s;
  }
}

TEST(FreeCountTest, TwoMovementsAloneMayBeChance) {
  const FeatureHistory history = FilmHistory([](double t) { return Raise(t, 2.5); }, 5, {.yaw_deg = 90});
  const FreeCount count = CountFreely(history, Whole(history), nullptr);
  EXPECT_EQ(count.attempts.size(), 2U);
  EXPECT_FALSE(IsExercise(history, count, Stretch::kStay));
}

// Whether what is done passes as an exercise at once, and whether it does when it is all that somebody did.
struct Passes {
  bool at_once;
  bool of_stay;
};

Passes Try(const std::function<Posture(double t)>& script, double duration_s) {
  const FeatureHistory history = FilmHistory(script, duration_s, {.yaw_deg = 60, .jitter = 0.003});
  const FreeCount count = CountFreely(history, Whole(history), nullptr);
  return {IsExercise(history, count, Stretch::kMoment), IsExercise(history, count, Stretch::kStay)};
}

TEST(FreeCountTest, AFewSlowMovementsOfMiddlingSizePassOnlyForWhoDoesNothingElse) {
  const auto raise = [](double period_s) {
    return [=](double t) { return RaisingSideways(0.4 * ThereAndBack(std::fmod(t, period_s) / period_s)); };
  };
  const Passes quick = Try(raise(1.2), 3 * 1.2);
  EXPECT_TRUE(quick.at_once);
  const Passes slow = Try(raise(5), 3 * 5);
  EXPECT_FALSE(slow.at_once);
  EXPECT_TRUE(slow.of_stay);
}

TEST(FreeCountTest, ASmallMovementPassesWhenItIsStrictlyEven) {
  const auto nod = [](double t) { return RaisingSideways(0.28 * ThereAndBack(std::fmod(t, 2.5) / 2.5)); };
  EXPECT_TRUE(Try(nod, 6 * 2.5).at_once);
  const auto drift = [&](double t) { return nod(t + 1.2 * std::sin(t / 1.9)); };
  EXPECT_FALSE(Try(drift, 6 * 2.5).at_once);
}

TEST(FreeCountTest, AHandfulOfMovementsWithOneHandIsAGesture) {
  const auto curl = [](double t) {
    return Posture{.left_arm = testing::Curling(ThereAndBack(std::fmod(t, 2.0) / 2)).left_arm};
  };
  EXPECT_FALSE(Try(curl, 3 * 2).at_once);
  EXPECT_TRUE(Try(curl, 6 * 2).at_once);
}

TEST(FreeCountTest, OfASetThatIsOverTheSameNeedNotBeAsStrict) {
  const auto raise = [](double t) { return RaisingSideways(0.6 * ThereAndBack(std::fmod(t, 4.5) / 4.5)); };
  const FeatureHistory history = FilmHistory(raise, 2 * 4.5, {.yaw_deg = 60, .jitter = 0.003});
  const FreeCount count = CountFreely(history, Whole(history), nullptr);
  ASSERT_EQ(count.attempts.size(), 2U);
  EXPECT_FALSE(IsExercise(history, count, Stretch::kMoment));
  EXPECT_TRUE(IsExercise(history, count, Stretch::kSet));
  EXPECT_FALSE(IsExercise(history, count, Stretch::kStay));
}

// Legs that are hidden are put somewhere by the pose model, here or there from one moment to the next.
TEST(FreeCountTest, LegsThatAreGuessedDoNotMove) {
  Photographer photographer({.yaw_deg = 60});
  const auto guessed = [&](double t) {
    PerceivedPerson person = photographer.Photograph(RaisingSideways(0.6 * ThereAndBack(std::fmod(t, 2.0) / 2)));
    for (std::size_t joint = 13; joint < kKeypointCount; ++joint) {
      Keypoint& guess = person.pose.keypoints[joint];
      guess.x += static_cast<float>(0.3 * std::sin(5 * t));
      guess.confidence = 0.2F;
    }
    return person;
  };
  const FeatureHistory history = testing::HistoryOf(guessed, 12);
  EXPECT_EQ(CountFreely(history, Whole(history), nullptr).attempts.size(), 6U);
}

// Up with bent elbows, a rest, down with bent elbows, a rest: the elbows bend twice.
TEST(FreeCountTest, ThereIsHalfOfARepetitionHoweverMuchMovesOnTheWay) {
  const auto script = [](double t) {
    constexpr double kMove_s = 1;
    const double phase = std::fmod(t, 4 * kMove_s);
    const double up = phase < kMove_s ? phase : phase < 2 * kMove_s ? 1 : phase < 3 * kMove_s ? 3 * kMove_s - phase : 0;
    const testing::ArmPose arm{.upper_forward = 70 * up, .fore_forward = 70 * up + 140 * ThereAndBack(up)};
    return Posture{.left_arm = arm, .right_arm = arm};
  };
  const FeatureHistory history = FilmHistory(script, 16);
  EXPECT_EQ(CountFreely(history, Whole(history), nullptr).attempts.size(), 4U);
}

// Half squats with one arm held up; the other one, which hangs, is seen now and then only.
TEST(FreeCountTest, ALimbThatFlickersDoesNotMove) {
  Photographer photographer({.yaw_deg = 90});
  const auto flickering = [&](double t) {
    Posture posture = testing::Squatting(0.4 * ThereAndBack(std::fmod(t, 2.0) / 2));
    posture.left_arm = {.upper_forward = 170, .fore_forward = 170};
    posture.right_arm = {};
    PerceivedPerson person = photographer.Photograph(posture);
    const bool is_seen = std::fmod(t, 0.9) < 0.5;
    for (const KeypointId joint : {KeypointId::kRightElbow, KeypointId::kRightWrist})
      person.pose.keypoints[static_cast<std::size_t>(joint)].confidence = is_seen ? 0.9F : 0;
    return person;
  };
  const FeatureHistory history = testing::HistoryOf(flickering, 12);
  EXPECT_EQ(CountFreely(history, Whole(history), nullptr).attempts.size(), 6U);
}

TEST(FreeCountTest, RestAtBothEndsIsNoRepetition) {
  const auto in_between = [](double t) { return t < 6 || t >= 18 ? Posture{} : Raise(t - 6, 2); };
  const FeatureHistory history = FilmHistory(in_between, 26, {.yaw_deg = 90, .jitter = 0.01});
  const FreeCount count = CountFreely(history, Whole(history), nullptr);
  ASSERT_EQ(count.attempts.size(), 6U);
  EXPECT_NEAR(ToSeconds(count.attempts.front().rep.start), 6, 0.5);
  EXPECT_NEAR(ToSeconds(count.attempts.back().rep.end), 18, 0.5);
}

TEST(FreeCountTest, EverySecondOneLowerIsNotHalfOfARepetition) {
  const auto uneven = [](double t) {
    return RaisingSideways((static_cast<int>(t / 2) % 2 == 0 ? 1.0 : 0.75) * ThereAndBack(std::fmod(t, 2.0) / 2));
  };
  const FeatureHistory history = FilmHistory(uneven, 16, {.yaw_deg = 90});
  EXPECT_EQ(CountFreely(history, Whole(history), nullptr).attempts.size(), 8U);
}

TEST(FreeCountTest, ADipOnTheWayIsNotTwoRepetitions) {
  const auto dip = [](double t) {
    const double phase = std::fmod(t, 3.0) / 3;
    return RaisingSideways(ThereAndBack(phase) - 0.25 * ThereAndBack(std::clamp(3 * phase - 1, 0.0, 1.0)));
  };
  const FeatureHistory history = FilmHistory(dip, 18, {.yaw_deg = 90});
  EXPECT_EQ(CountFreely(history, Whole(history), nullptr).attempts.size(), 6U);
}

TEST(FreeCountTest, ADriftingTempoCountsOn) {
  // Periods from 1.5 to 3 s.
  const auto slowing = [](double t) { return Raise(20 * std::log1p(t / 20) / 1.5, 1); };
  const FeatureHistory history = FilmHistory(slowing, 20, {.yaw_deg = 90});
  EXPECT_NEAR(static_cast<double>(CountFreely(history, Whole(history), nullptr).attempts.size()), 9, 1);
}

TEST(FreeCountTest, BurstsOfWrongJointsAreNoRepetitions) {
  const auto jumping = [](double t) {
    Posture posture = Raise(t, 2);
    if (std::fmod(t, 7.0) > 6.8) posture.left_leg.thigh = 80;
    return posture;
  };
  const FeatureHistory history = FilmHistory(jumping, 20, {.yaw_deg = 90, .jitter = 0.01});
  EXPECT_EQ(CountFreely(history, Whole(history), nullptr).attempts.size(), 10U);
}

TEST(FreeCountTest, OfTwoCountingsTheOneWithMoreOfTheRhythmExplainsMore) {
  const FeatureHistory history = FilmHistory([](double t) { return Raise(t, 2); }, 16, {.yaw_deg = 90});
  const std::vector<Attempt> all = CountFreely(history, Whole(history), nullptr).attempts;
  std::vector<Attempt> some = all;
  some.erase(some.begin() + 2, some.begin() + 4);
  EXPECT_GT(RhythmicWay(history, Whole(history), all), RhythmicWay(history, Whole(history), some));
  EXPECT_EQ(RhythmicWay(history, Whole(history), {all.data(), 1}), 0);
}

TEST(FreeCountTest, StandingStillAndAOneOffMovementAreNoExercise) {
  const FeatureHistory still = FilmHistory([](double) { return Posture{}; }, 12, {.jitter = 0.01});
  EXPECT_FALSE(IsExercise(still, CountFreely(still, Whole(still), nullptr), Stretch::kMoment));
  const FeatureHistory once = FilmHistory([](double t) { return RaisingSideways(ThereAndBack((t - 4) / 2)); }, 12);
  EXPECT_FALSE(IsExercise(once, CountFreely(once, Whole(once), nullptr), Stretch::kMoment));
}

TEST(FreeCountTest, WhoHardlyMovesNeedNotBeCounted) {
  const FeatureHistory still = FilmHistory([](double) { return Posture{}; }, 12, {.jitter = 0.005});
  EXPECT_FALSE(MovesEnough(still, Whole(still)));
  int passed = 0;
  for (int percent = 2; percent < 50; percent += 2) {
    const double size = percent / 100.0;
    const auto raise = [=](double t) { return RaisingSideways(size * ThereAndBack(std::fmod(t, 1.5) / 1.5)); };
    const FeatureHistory history = FilmHistory(raise, 12);
    const FreeCount count = CountFreely(history, Whole(history), nullptr);
    for (const Stretch stretch : {Stretch::kMoment, Stretch::kSet, Stretch::kStay}) {
      if (!IsExercise(history, count, stretch)) continue;
      ++passed;
      EXPECT_TRUE(MovesEnough(history, Whole(history))) << size;
    }
  }
  EXPECT_GT(passed, 0) << "some of them are large enough";
}

TEST(FreeCountTest, WalkingThroughThePictureIsNoExercise) {
  const FeatureHistory history = FilmHistory([](double t) { return testing::Walking(1.8 * t); }, 10);
  EXPECT_FALSE(IsExercise(history, CountFreely(history, Whole(history), nullptr), Stretch::kMoment));
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

// Knees to and from the chest under a trunk that leans so far, in a picture that wanders as that of a held camera does.
FeatureHistory WanderingLegRaises(double lean_deg) {
  const auto raise = [=](double t) {
    const double height = ThereAndBack(std::fmod(t, 2.0) / 2.0);
    const LegPose leg{.thigh = lean_deg > 60 ? -80 + 90 * height : 90 * height, .shank = lean_deg > 60 ? -80.0 : 0.0};
    return Posture{.trunk = lean_deg, .left_leg = leg, .right_leg = leg, .forward_m = 0.6 * t};
  };
  return FilmHistory(raise, 10);
}

TEST(FreeCountTest, WhoLiesGoesNowhere) {
  const FeatureHistory lying = WanderingLegRaises(85);
  EXPECT_FALSE(IsWalkingAbout(lying, Whole(lying)));
  EXPECT_TRUE(IsExercise(lying, CountFreely(lying, Whole(lying), nullptr), Stretch::kMoment));
  const FeatureHistory bent_over = FilmHistory([](double t) { return Posture{.trunk = 80, .forward_m = 0.8 * t}; }, 5);
  EXPECT_TRUE(IsWalkingAbout(bent_over, Whole(bent_over)));
  const FeatureHistory upright = WanderingLegRaises(20);
  EXPECT_TRUE(IsWalkingAbout(upright, Whole(upright)));
  EXPECT_FALSE(IsExercise(upright, CountFreely(upright, Whole(upright), nullptr), Stretch::kMoment));
}

TEST(FreeCountTest, TooFewFramesGiveNothing) {
  const FeatureHistory history = FilmHistory([](double t) { return Raise(t, 1); }, 0.5);
  EXPECT_TRUE(CountFreely(history, Whole(history), nullptr).attempts.empty());
}

// Attempts from and to these seconds.
std::vector<Attempt> Between(const std::vector<std::pair<double, double>>& seconds) {
  std::vector<Attempt> attempts;
  for (const auto& [start, end] : seconds) {
    Attempt attempt;
    attempt.rep.start = FromSeconds(start);
    attempt.rep.end = FromSeconds(end);
    attempts.push_back(attempt);
  }
  return attempts;
}

TEST(LacksPartialOnesTest, ItsRepetitionsAreTheWholeOnesAndPartialOnesLieBetween) {
  std::vector<Attempt> known = Between({{1.3, 3.2}, {4.0, 5.6}, {6.6, 8.3}, {10.6, 12.4}});
  known[1].rep.partial = true;
  const FreeCount count{.attempts = Between({{0.7, 3.7}, {5.9, 8.6}, {9.9, 12.9}})};
  EXPECT_TRUE(LacksPartialOnes(count, known));
  EXPECT_FALSE(LacksPartialOnes({.attempts = Between({{0.7, 4.2}, {5.9, 8.6}, {9.9, 12.9}})}, known)) << "takes part";
  EXPECT_FALSE(LacksPartialOnes({.attempts = Between({{0.7, 3.7}, {5.9, 8.6}})}, known)) << "lacks a whole one";
  EXPECT_FALSE(LacksPartialOnes({.attempts = Between({{0.7, 3.7}, {5.9, 12.9}, {14, 16}})}, known)) << "has another";
  known[1].rep.partial = false;
  EXPECT_FALSE(LacksPartialOnes(count, known));
}

// Cycles of 2 s of which every second one is smaller by so much.
double PeriodOfUneven(double by) {
  FeatureHistory history;
  Series series;
  for (int i = 0; i < 16 * 15; ++i) {
    const double t = i / 15.0;
    history.Push({.pts = FromSeconds(t)});
    series.values.push_back(
        static_cast<float>(std::cos(std::numbers::pi * t) + by * std::cos(std::numbers::pi * t / 2)));
  }
  return EstimatePeriod(history, series).seconds;
}

TEST(PeriodTest, SomewhatUnevenCyclesAreOneEachAndTwoDifferentOnesAreOne) {
  EXPECT_NEAR(PeriodOfUneven(0.46), 2, 0.1) << "the first peak is .65 of the second one";
  EXPECT_NEAR(PeriodOfUneven(0.8), 4, 0.2);
}

TEST(PeriodTest, TheFirstStrongPeakIsThePeriodNotItsDouble) {
  const FeatureHistory history = FilmHistory([](double t) { return Raise(t, 2); }, 16, {.yaw_deg = 90});
  const auto components = PrincipalComponents(history, Whole(history), 1);
  ASSERT_EQ(components.size(), 1U);
  EXPECT_NEAR(EstimatePeriod(history, components[0]).seconds, 2, 0.1);
}

}  // namespace
}  // namespace spotter::exercise
