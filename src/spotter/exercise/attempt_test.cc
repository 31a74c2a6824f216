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
