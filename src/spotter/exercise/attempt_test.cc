// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/attempt.h"

#include <cmath>

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
