// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/history.h"

#include <gtest/gtest.h>

#include "spotter/exercise/gates.h"

namespace spotter::exercise {
namespace {

constexpr FeatureRef kLean{Feature::kTorsoLean};

FeatureHistory Ramp(int frames) {
  FeatureHistory history;
  for (int i = 0; i < frames; ++i) {
    FeatureFrame frame{.pts = FromSeconds(i * 0.1)};
    frame.mean.fill(static_cast<float>(i));
    history.Push(frame);
  }
  return history;
}

TEST(HistoryTest, IsBounded) {
  const FeatureHistory history = Ramp(static_cast<int>(FeatureHistory::kMaxFrames) + 100);
  EXPECT_EQ(history.frames().size(), FeatureHistory::kMaxFrames);
  EXPECT_EQ(history.frames().front().mean[0], 100);
}

TEST(HistoryTest, FindsFramesByTime) {
  FeatureHistory history = Ramp(10);
  EXPECT_EQ(history.IndexAt(FromSeconds(0.25)), 3U);
  EXPECT_EQ(history.IndexAt(FromSeconds(5)), 10U);
  history.DropBefore(FromSeconds(0.5));
  EXPECT_EQ(history.frames().size(), 5U);
}

TEST(HistoryTest, MeansSkipMissingValuesAndTravelSkipsOutliers) {
  FeatureHistory history = Ramp(20);
  EXPECT_FLOAT_EQ(Mean(history, kLean, {0, 4}), 2);
  FeatureFrame wrong{.pts = FromSeconds(9)};
  wrong.mean.fill(1000);
  history.Push(wrong);
  FeatureFrame missing{.pts = FromSeconds(9.1)};
  missing.mean.fill(kMissing);
  history.Push(missing);
  EXPECT_LT(Travel(history, kLean, {0, 21}), 20);
  EXPECT_TRUE(std::isnan(Mean(history, kLean, {21, 21})));
}

TEST(HistoryTest, AllMeansAtOnceAreTheMeansOfEach) {
  FeatureHistory history;
  for (int i = 0; i < 10; ++i) {
    FeatureFrame frame{.pts = FromSeconds(i * 0.1)};
    for (std::size_t k = 0; k < kFeatureCount; ++k)
      frame.mean[k] = (i + static_cast<int>(k)) % 4 == 0 || k == 5 ? kMissing : static_cast<float>(i * 10 + k);
    history.Push(frame);
  }
  const FeatureValues means = Means(history, {2, 12});
  for (std::size_t k = 0; k < kMovementCount; ++k) {
    const float mean = Mean(history, {static_cast<Feature>(k)}, {2, 12});
    EXPECT_TRUE(means[k] == mean || (std::isnan(means[k]) && std::isnan(mean))) << k;
  }
  EXPECT_TRUE(std::isnan(means[5]));
}

TEST(HistoryTest, WhatIsSeenInFewFramesIsNoMeasurement) {
  FeatureHistory history;
  for (int i = 0; i < 10; ++i) {
    FeatureFrame frame{.pts = FromSeconds(i * 0.1)};
    frame.mean.fill(i < 4 ? 50.0F * static_cast<float>(i) : kMissing);
    history.Push(frame);
  }
  EXPECT_TRUE(std::isnan(Mean(history, kLean, {0, 9})));
  EXPECT_TRUE(std::isnan(Travel(history, kLean, {0, 9})));
  EXPECT_FLOAT_EQ(Mean(history, kLean, {0, 7}), 75);
}

TEST(GateTest, FallsLinearlyBesideItsRange) {
  const Gate gate{.feature = kLean, .low = 1, .high = 2, .soft = 0.5F};
  EXPECT_FLOAT_EQ(Membership(gate, 1.5F), 1);
  EXPECT_FLOAT_EQ(Membership(gate, 2.25F), 0.5F);
  EXPECT_FLOAT_EQ(Membership(gate, 0), 0);
  const Gate hint{.feature = kLean, .low = 1, .high = 2, .soft = 0.5F, .weight = 0.4F};
  EXPECT_FLOAT_EQ(Membership(hint, 9), 0.6F);
}

TEST(GateTest, UnseenGatesCostLittleAndFailedOnesDecide) {
  FeatureHistory history = Ramp(3);
  ExerciseDefinition exercise{.id = "x", .family = "x"};
  exercise.turn = {{.feature = kLean, .low = 0, .high = 2}, {.feature = {Feature::kElbow}, .low = 0, .high = 1}};
  for (int i = 0; i < 3; ++i) {
    FeatureFrame frame{.pts = FromSeconds(1 + i * 0.1)};
    frame.mean.fill(kMissing);
    frame.mean[static_cast<std::size_t>(Feature::kTorsoLean)] = 1;
    history.Push(frame);
  }
  const CycleSpans unseen{{3, 3}, {3, 5}, {3, 5}};
  EXPECT_NEAR(GateScore(history, exercise, unseen), 0.75F, 1e-5);
  exercise.turn[0].high = 0.5F;
  EXPECT_EQ(GateScore(history, exercise, unseen), 0);
}

}  // namespace
}  // namespace spotter::exercise
