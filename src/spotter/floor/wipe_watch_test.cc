// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/wipe_watch.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

constexpr double kRate_hz = 0.9;  // NOLINT(readability-identifier-naming): unit suffix

// Wipes of somebody whose right hand goes to and fro, 40 cm across, for `stroking_s` from second 1 on, and then two
// metres away. The activity tells it from second 3 on until `told_until_s`.
std::vector<Wipe> WipesOf(double stroking_s, double told_until_s) {
  WipeWatch watch;
  std::vector<Wipe> wipes;
  for (int i = 0; i < 150; ++i) {
    const double t = i / 15.0;
    const bool strokes = t >= 1 && t < 1 + stroking_s;
    const double across = strokes ? 0.2 * std::sin(2 * std::numbers::pi * kRate_hz * (t - 1)) : 0;
    const double away = t >= 1 + stroking_s ? std::min(2.0, t - 1 - stroking_s) : 0;
    WipeLook look{.person_id = PersonId("p1"), .wiping = t >= 3 && t < told_until_s, .metre = 1};
    look.hands[1] = Point{static_cast<float>(across + away), 0};
    watch.See(FromSeconds(t), look);
    for (Wipe& wipe : watch.Collect(FromSeconds(t), false)) wipes.push_back(std::move(wipe));
  }
  for (Wipe& wipe : watch.Collect(FromSeconds(10), true)) wipes.push_back(std::move(wipe));
  return wipes;
}

TEST(WipeWatchTest, ALongWipeIsOne) {
  const std::vector<Wipe> wipes = WipesOf(5, 6.8);
  ASSERT_EQ(wipes.size(), 1U);
  EXPECT_GE(wipes[0].evidence.sweeps, 6);
  EXPECT_NEAR(wipes[0].evidence.extent_m, 0.4, 0.15);
}

// Its last strokes lie in the time in which the activity falls silent.
TEST(WipeWatchTest, SoIsAShortOne) { EXPECT_EQ(WipesOf(2.4, 3.6).size(), 1U); }

// Long before it is told to be over the hand has gone farther than an arm reaches.
TEST(WipeWatchTest, WhatTheHandDoesAfterwardsDoesNotHinder) { EXPECT_EQ(WipesOf(4, 6.6).size(), 1U); }

TEST(WipeWatchTest, TwoStrokesAreNone) { EXPECT_TRUE(WipesOf(1, 3.4).empty()); }

}  // namespace
}  // namespace spotter::floor
