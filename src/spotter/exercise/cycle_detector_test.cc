// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/cycle_detector.h"

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

std::vector<Cycle> Feed(CycleDetector detector, double duration_s, const std::function<double(double)>& signal) {
  std::vector<Cycle> cycles;
  for (int i = 0; i < duration_s * 30; ++i) {
    const double t = i / 30.0;
    if (const auto cycle = detector.Update(FromSeconds(t), static_cast<float>(signal(t)))) cycles.push_back(*cycle);
  }
  if (const auto cycle = detector.Finish()) cycles.push_back(*cycle);
  return cycles;
}

double Wave(double t) { return 0.5 - 0.5 * std::cos(2 * std::numbers::pi * t); }

TEST(CycleDetectorTest, CountsWaysThereAndBack) {
  const std::vector<Cycle> cycles = Feed(CycleDetector(0.3F), 5, Wave);
  ASSERT_EQ(cycles.size(), 5U);
  EXPECT_NEAR(ToSeconds(cycles[2].turn.pts), 2.5, 0.04);
  EXPECT_LT(ToSeconds(cycles[2].end.pts), 3.0);  // known before the way back is over
  EXPECT_NEAR(cycles[2].range(), 1, 0.05);
}

TEST(CycleDetectorTest, IgnoresMovementsBelowTheThreshold) {
  EXPECT_TRUE(Feed(CycleDetector(0.3F), 10, [](double t) { return 0.25 * Wave(3 * t); }).empty());
}

TEST(CycleDetectorTest, JitterAtTheTurnIsOneTurn) {
  const auto held = [](double t) { return std::min(Wave(t / 3), 0.8) + 0.05 * std::sin(40 * t); };
  EXPECT_EQ(Feed(CycleDetector(0.3F), 9, held).size(), 3U);
}

TEST(CycleDetectorTest, TurningRoundAfterHalfOfTheWayBackIsARepetition) {
  const auto half = [](double t) {
    return t < 0.5 ? Wave(t) : 0.72 + 0.28 * std::cos(2 * std::numbers::pi * (t - 0.5));
  };
  EXPECT_EQ(Feed(CycleDetector(0.3F), 3.5, half).size(), 3U);
}

TEST(CycleDetectorTest, AnUnfinishedWayBackIsTakenAtTheEndOnlyFromItsHalf) {
  EXPECT_EQ(Feed(CycleDetector(0.3F), 0.8, Wave).size(), 1U);
  EXPECT_EQ(Feed(CycleDetector(0.3F), 0.6, Wave).size(), 0U);
}

TEST(CycleDetectorTest, MissingValuesChangeNothing) {
  const auto gappy = [](double t) {
    return std::fmod(t, 0.4) < 0.1 ? std::numeric_limits<double>::quiet_NaN() : Wave(t);
  };
  EXPECT_EQ(Feed(CycleDetector(0.3F), 5, gappy).size(), 5U);
}

TEST(CycleDetectorTest, OnlyAReturnExerciseTakesAWayBackWithoutAWayThere) {
  const auto lift = [](double t) { return t < 1 ? 0.5 + 0.5 * std::cos(std::numbers::pi * t) : 0; };
  EXPECT_TRUE(Feed(CycleDetector(0.3F), 2, lift).empty());
  const std::vector<Cycle> cycles = Feed(CycleDetector(0.3F, 0.9F), 2, lift);
  ASSERT_EQ(cycles.size(), 1U);
  EXPECT_TRUE(cycles[0].opening);
}

TEST(CycleDetectorTest, ADeeperRestBeforeTheFirstRepetitionDoesNotHideItsEnd) {
  const auto racked = [](double t) { return t < 1 ? -1 + t : Wave(t - 1); };  // hands come up from hanging first
  EXPECT_EQ(Feed(CycleDetector(0.3F), 4, racked).size(), 3U);
}

}  // namespace
}  // namespace spotter::exercise
