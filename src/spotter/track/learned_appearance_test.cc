// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/learned_appearance.h"

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

TEST(Similarity, IsTheMeanOverThePartsSeenOfBoth) {
  EXPECT_DOUBLE_EQ(*Similarity(Dressed(1, 2), Dressed(1, 2)), 1);
  EXPECT_DOUBLE_EQ(*Similarity(Dressed(1, 2), Dressed(1, 3)), 0.5);
  EXPECT_DOUBLE_EQ(*Similarity(Dressed(1, 2), Dressed(3, 4)), 0);
  EXPECT_DOUBLE_EQ(*Similarity(Dressed(1, 2), {.upper = Only(1), .lower = {}}), 1);
  EXPECT_FALSE(Similarity({.upper = Only(1), .lower = {}}, {.upper = {}, .lower = Only(1)}));
  EXPECT_FALSE(Similarity({}, Dressed(1, 2)));
}

TEST(LearnedAppearance, KnowsNobodyBeforeHalfASecond) {
  LearnedAppearance learned;
  EXPECT_EQ(learned.Get(), nullptr);
  for (int i = 0; i < 7; ++i) learned.Learn(Dressed(1, 2), 1.0 / 15);
  EXPECT_EQ(learned.Get(), nullptr);
  learned.Learn(Dressed(1, 2), 1.0 / 15);
  ASSERT_NE(learned.Get(), nullptr);
  EXPECT_EQ(*learned.Get(), Dressed(1, 2));
}

TEST(LearnedAppearance, CountsALongPauseForNoMoreThanAMoment) {
  LearnedAppearance learned;
  learned.Learn(Dressed(1, 2), 60);
  EXPECT_EQ(learned.Get(), nullptr);
}

TEST(LearnedAppearance, FollowsTheLightSlowly) {
  LearnedAppearance learned;
  for (int i = 0; i < 30; ++i) learned.Learn(Dressed(1, 2), 1.0 / 15);
  learned.Learn(Dressed(3, 2), 1.0 / 15);
  EXPECT_GT(*Similarity(*learned.Get(), Dressed(1, 2)), 0.95);
  for (int i = 0; i < 150; ++i) learned.Learn(Dressed(3, 2), 1.0 / 15);
  EXPECT_GT(*Similarity(*learned.Get(), Dressed(3, 2)), 0.95);
}

TEST(LearnedAppearance, KeepsAPartThatIsNotSeen) {
  LearnedAppearance learned;
  for (int i = 0; i < 15; ++i) learned.Learn(Dressed(1, 2), 1.0 / 15);
  for (int i = 0; i < 15; ++i) learned.Learn({.upper = Only(1), .lower = {}}, 1.0 / 15);
  EXPECT_EQ(*learned.Get(), Dressed(1, 2));
}

}  // namespace
}  // namespace spotter::track
