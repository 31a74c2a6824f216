// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/attempt.h"

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

}  // namespace
}  // namespace spotter::exercise
