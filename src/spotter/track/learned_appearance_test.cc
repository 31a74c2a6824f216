// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/learned_appearance.h"

#include <cmath>

#include <gtest/gtest.h>

namespace spotter::track {
namespace {

// All in one bin of the histogram.
Appearance::Histogram Only(std::size_t bin) {
  Appearance::Histogram histogram{};
  histogram[bin] = 1;
  return histogram;
}

Appearance Dressed(std::size_t upper, std::size_t lower) { return {.upper = Only(upper), .lower = Only(lower)}; }

TEST(Similarity, IsOneForTheSameColoursAndNoneForOthers) {
  Appearance::Histogram half{};
  half[1] = half[2] = 0.5F;
  EXPECT_NEAR(Similarity(half, half), 1, 1e-6);
  EXPECT_NEAR(Similarity(half, Only(1)), std::sqrt(0.5), 1e-6);
  EXPECT_DOUBLE_EQ(Similarity(half, Only(3)), 0);
}

TEST(LearnedAppearance, KnowsAPartAfterHalfASecond) {
  LearnedAppearance learned;
  for (int i = 0; i < 7; ++i) learned.Learn(Dressed(1, 2), 1.0 / 15);
  EXPECT_EQ(learned.known(), Appearance{});
  learned.Learn({.upper = Only(1), .lower = {}}, 1.0 / 15);
  EXPECT_EQ(learned.known(), (Appearance{.upper = Only(1), .lower = {}}));
}

TEST(LearnedAppearance, CountsALongPauseForNoMoreThanAMoment) {
  LearnedAppearance learned;
  learned.Learn(Dressed(1, 2), 60);
  EXPECT_EQ(learned.known(), Appearance{});
}

TEST(LearnedAppearance, IsTheMeanOfAllFramesAtFirst) {
  LearnedAppearance learned;
  learned.Learn(Dressed(3, 2), 1.0 / 15);
  for (int i = 0; i < 9; ++i) learned.Learn(Dressed(1, 2), 1.0 / 15);
  EXPECT_NEAR((*learned.known().upper)[3], 0.1, 1e-5);
  EXPECT_NEAR((*learned.known().upper)[1], 0.9, 1e-5);
}

TEST(LearnedAppearance, FollowsTheLightSlowly) {
  LearnedAppearance learned;
  for (int i = 0; i < 60; ++i) learned.Learn(Dressed(1, 2), 1.0 / 15);
  learned.Learn(Dressed(3, 2), 1.0 / 15);
  EXPECT_GT(Similarity(*learned.known().upper, Only(1)), 0.95);
  for (int i = 0; i < 150; ++i) learned.Learn(Dressed(3, 2), 1.0 / 15);
  EXPECT_GT(Similarity(*learned.known().upper, Only(3)), 0.95);
}

TEST(LearnedAppearance, KeepsAPartThatIsNotSeen) {
  LearnedAppearance learned;
  for (int i = 0; i < 15; ++i) learned.Learn(Dressed(1, 2), 1.0 / 15);
  for (int i = 0; i < 15; ++i) learned.Learn({.upper = Only(1), .lower = {}}, 1.0 / 15);
  EXPECT_GT(Similarity(*learned.known().lower, Only(2)), 1 - 1e-6);
}

}  // namespace
}  // namespace spotter::track
