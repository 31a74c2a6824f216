// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/attempt.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "spotter/exercise/phase_times.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

const Signal kElbow{.feature = {Feature::kElbow}, .turn_is_high = false};
const CycleDetector kDetector(0.3F);

// Curls of `period_s` each, seen from the side.
FeatureHistory Curls(double duration_s, double period_s) {
  return testing::FilmHistory(
      [=](double t) { return testing::Curling(testing::ThereAndBack(std::fmod(t, period_s) / period_s)); }, duration_s);
}

Series ElbowsOf(const FeatureHistory& history) { return MakeSeries(history, kElbow, {0, history.frames().size() - 1}); }

ExerciseDefinition Lasting(double min_s, double max_s) {
  return {.id = "curl", .family = "curl", .min_s = min_s, .max_s = max_s};
}

TEST(AttemptTest, TheCycleThatIsOpenAtTheEndIsFoundToo) {
  const FeatureHistory whole = Curls(8, 2);
  EXPECT_EQ(FindCycles(whole, ElbowsOf(whole), kDetector).size(), 4U);
  const FeatureHistory cut = Curls(7.7, 2);
  EXPECT_EQ(FindCycles(cut, ElbowsOf(cut), kDetector).size(), 4U);
}

TEST(AttemptTest, OnlyAStretchOfTheHistoryIsSearched) {
  const FeatureHistory history = Curls(8, 2);
  const Series half = MakeSeries(history, kElbow, {60, history.frames().size() - 1});
  const std::vector<Cycle> cycles = FindCycles(history, half, kDetector);
  ASSERT_EQ(cycles.size(), 2U);
  EXPECT_NEAR(ToSeconds(cycles.front().turn.pts), 5, 0.06);
}

TEST(AttemptTest, WhatLastsLongerOrShorterThanTheExerciseIsNoAttempt) {
  const FeatureHistory history = Curls(8, 2);
  const Series series = ElbowsOf(history);
  const std::vector<Attempt> attempts = FindAttempts(history, Lasting(0.5, 6), series, kDetector);
  ASSERT_EQ(attempts.size(), 4U);
  EXPECT_NEAR(Duration_s(attempts[1]), 2, 0.3);
  EXPECT_TRUE(FindAttempts(history, Lasting(4, 6), series, kDetector).empty());
  EXPECT_TRUE(FindAttempts(history, Lasting(0.3, 1), series, kDetector).empty());
}

TEST(AttemptTest, AMovementWithoutAMainAngleIsOfTheHandThatIsUp) {
  for (const Side side : {Side::kLeft, Side::kRight}) {
    const auto script = [side](double t) {
      testing::Posture posture = testing::Curling(testing::ThereAndBack(std::fmod(t, 2) / 2));
      (side == Side::kLeft ? posture.right_arm : posture.left_arm) = {};
      return posture;
    };
    const FeatureHistory history = testing::FilmHistory(script, 8, {.yaw_deg = 60});
    const Signal higher{.feature = {Feature::kWristHeight, SideUse::kMax}, .turn_is_high = true};
    const Series series = MakeSeries(history, higher, {0, history.frames().size() - 1});
    const std::vector<Attempt> attempts = FindAttempts(history, Lasting(0.5, 6), series, kDetector);
    ASSERT_EQ(attempts.size(), 4U);
    EXPECT_TRUE(attempts[1].one_handed);
    EXPECT_EQ(attempts[1].rep.side, side);
  }
}

// One leg before the other, hips going down between them; `front` is seen from any side.
testing::Posture Lunging(Side front, double depth) {
  const testing::LegPose before{.thigh = 35 + 50 * depth, .shank = 5 - 5 * depth};
  const testing::LegPose behind{.thigh = -25 + 15 * depth, .shank = -35 - 40 * depth};
  return front == Side::kLeft ? testing::Posture{.left_leg = before, .right_leg = behind}
                              : testing::Posture{.left_leg = behind, .right_leg = before};
}

TEST(AttemptTest, ALungeIsOfTheLegInFront) {
  ExerciseDefinition lunge = Lasting(0.5, 6);
  lunge.main_angle = {Feature::kKnee, SideUse::kMin};
  lunge.turn = {{.feature = {Feature::kStagger}, .low = 0.5F, .high = 3, .soft = 0.2F}};
  const Signal hips{.feature = {Feature::kHipHeight}, .turn_is_high = false};
  for (const double yaw_deg : {0.0, 45.0, 90.0, 135.0, 180.0}) {
    for (const Side front : {Side::kLeft, Side::kRight}) {
      const FeatureHistory history =
          testing::FilmHistory([&](double t) { return Lunging(front, testing::ThereAndBack(std::fmod(t, 2) / 2)); }, 8,
                               {.yaw_deg = yaw_deg});
      const Series series = MakeSeries(history, hips, {0, history.frames().size() - 1});
      const std::vector<Attempt> attempts = FindAttempts(history, lunge, series, CycleDetector(0.1F));
      ASSERT_GE(attempts.size(), 3U) << yaw_deg;
      EXPECT_EQ(attempts[1].rep.side, front) << yaw_deg;
    }
  }
}

// From the front a knee may look straight that is bent.
TEST(AttemptTest, ASquatIsOfBothLegsHoweverTheyLook) {
  const auto script = [](double t) {
    testing::Posture posture = testing::Squatting(testing::ThereAndBack(std::fmod(t, 2) / 2));
    posture.right_leg = {.thigh = 0.1 * posture.right_leg.thigh, .shank = 0.1 * posture.right_leg.shank};
    return posture;
  };
  const FeatureHistory history = testing::FilmHistory(script, 8);
  const Signal knee{.feature = {Feature::kKnee, SideUse::kLeft}, .turn_is_high = false};
  const Series series = MakeSeries(history, knee, {0, history.frames().size() - 1});
  ExerciseDefinition squat = Lasting(0.5, 6);
  squat.main_angle = {Feature::kKnee};
  std::vector<Attempt> attempts = FindAttempts(history, squat, series, kDetector);
  ASSERT_GE(attempts.size(), 3U);
  EXPECT_EQ(attempts[1].rep.side, Side::kLeft);
  squat.turn = {{.feature = {Feature::kStagger}, .low = 0, .high = 0.5F, .soft = 0.2F}};
  attempts = FindAttempts(history, squat, series, kDetector);
  ASSERT_GE(attempts.size(), 3U);
  EXPECT_EQ(attempts[1].rep.side, Side::kBoth);
}

// Knees deeply bent, so that the hips rise by three quarters of a torso length within a second.
TEST(AttemptTest, AQuickLiftFromTheFloorMayEndHigherThanItBegan) {
  const FeatureHistory history = testing::FilmHistory(
      [](double t) {
        const double depth = t < 1 ? 0.5 + 0.5 * std::cos(std::numbers::pi * t) : 0;
        const testing::LegPose leg{.thigh = 85 * depth, .shank = -35 * depth};
        return testing::Posture{.trunk = 55 * depth, .left_leg = leg, .right_leg = leg};
      },
      2);
  const Signal trunk{.feature = {Feature::kTorsoLean}, .turn_is_high = true};
  const Series series = MakeSeries(history, trunk, {0, history.frames().size() - 1});
  const std::vector<Attempt> attempts = FindAttempts(history, Lasting(0.5, 6), series, CycleDetector(0.3F, 0.9F));
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_GT(attempts[0].fit, 0.95F);
}

// A slow repetition and a quick one within it, found live in two ways.
TEST(AttemptTest, TimesAreNotRefinedAcrossRepetitionsThatLieInOneAnother) {
  const FeatureHistory history = Curls(12, 2);
  const auto at = [](double start_s, double turn_s, double end_s) {
    Attempt attempt;
    attempt.rep = {.start = FromSeconds(start_s), .turn = FromSeconds(turn_s), .end = FromSeconds(end_s)};
    return attempt;
  };
  std::vector<Attempt> attempts = {at(1, 9, 10), at(4, 5, 6)};
  RefineTimes(history, Lasting(0.5, 12), attempts);
  EXPECT_EQ(attempts[1].rep.start, FromSeconds(4));
  EXPECT_EQ(attempts[1].rep.end, FromSeconds(6));
}

// From the front a bend's angle is mostly noise: it would cut a repetition of two seconds to one.
TEST(AttemptTest, AnAngleThatSeesLessOfARepetitionThanItsSignalGivesNoTimes) {
  const auto refined = [](double bend_s) {
    FeatureHistory history;
    for (int i = 0; i <= 240; ++i) {
      FeatureFrame frame{.pts = FromSeconds(i / 30.0)};
      const double from_turn = std::abs(i / 30.0 - 4) / (bend_s / 2);
      const double bend = from_turn < 1 ? 0.5 + 0.5 * std::cos(std::numbers::pi * from_turn) : 0;
      frame.left[static_cast<std::size_t>(Feature::kElbow)] = static_cast<float>(3 - bend);
      frame.right = frame.left;
      frame.mean[static_cast<std::size_t>(Feature::kElbow)] = static_cast<float>(3 - bend);
      history.Push(frame);
    }
    Attempt attempt;
    attempt.rep = {.start = FromSeconds(3), .turn = FromSeconds(4), .end = FromSeconds(5)};
    attempt.movement.change[static_cast<std::size_t>(Feature::kElbow)] = -1;
    std::vector<Attempt> attempts = {attempt};
    ExerciseDefinition curl = Lasting(0.5, 12);
    curl.main_angle = {Feature::kElbow};
    RefineTimes(history, curl, attempts);
    return ToSeconds(attempts[0].rep.end - attempts[0].rep.start);
  };
  EXPECT_NEAR(refined(2.6), 2.6, 0.1);
  EXPECT_EQ(refined(1.2), 2);
}

// A curl to the shoulders, and from there overhead: the elbows bend and stretch again, and nobody comes back.
TEST(AttemptTest, WhoGoesOnInsteadOfComingBackHasNotDoneARepetition) {
  const auto history_of = [](bool is_curl) {
    return testing::FilmHistory(
        [=](double t) {
          const double up = std::clamp((t - 1) / 1.0, 0.0, 1.0);
          const double on = std::clamp((t - 2) / 1.0, 0.0, 1.0);
          if (is_curl) return testing::Curling(up - on);
          const testing::ArmPose arm{.upper_forward = 5 * up + 170 * on, .fore_forward = 8 + 137 * up + 33 * on};
          return testing::Posture{.left_arm = arm, .right_arm = arm};
        },
        4);
  };
  for (const bool is_curl : {true, false}) {
    const FeatureHistory history = history_of(is_curl);
    const std::vector<Attempt> attempts = FindAttempts(history, Lasting(0.5, 6), ElbowsOf(history), kDetector);
    ASSERT_EQ(attempts.size(), 1U);
    EXPECT_EQ(attempts[0].fit > 0, is_curl);
  }
}

}  // namespace
}  // namespace spotter::exercise
