// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/gates.h"

#include <array>

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

constexpr std::array kOfLegs = {Feature::kKnee, Feature::kHip, Feature::kShoulderHeight};

Gate Still(Feature feature) { return {.feature = {feature}, .low = 0, .high = 0.5F, .soft = 0.5F, .weight = 0.4F}; }

// Arms rise by 1 torso length while what depends on the legs is read anywhere.
FeatureHistory RaisingArms(float legs_seen) {
  FeatureHistory history;
  for (int i = 0; i < 30; ++i) {
    FeatureFrame frame{.pts = FromSeconds(i * 0.1)};
    frame.mean.fill(kMissing);
    frame.mean[static_cast<std::size_t>(Feature::kWristHeight)] = static_cast<float>(i < 15 ? i : 30 - i) / 15.0F - 1;
    for (const Feature feature : kOfLegs) frame.mean[static_cast<std::size_t>(feature)] = i % 2 == 0 ? 1.0F : 3.0F;
    frame.legs_seen = legs_seen;
    history.Push(frame);
  }
  return history;
}

ExerciseDefinition Raise(Feature still = Feature::kKnee) {
  ExerciseDefinition raise{.id = "raise"};
  raise.change = {{.feature = {Feature::kWristHeight}, .low = 0.5F, .soft = 0.1F}};
  raise.travel = {Still(still)};
  return raise;
}

constexpr CycleSpans kSpans{{0, 2}, {14, 16}, {0, 29}};

TEST(GatesTest, FallLinearlyBeyondTheirEnds) {
  const Gate gate{.feature = {Feature::kKneeHeight}, .low = 0, .high = 1, .soft = 0.5F, .weight = 0.6F};
  EXPECT_FLOAT_EQ(Membership(gate, 0.5F), 1);
  EXPECT_FLOAT_EQ(Membership(gate, 1.25F), 0.7F);
  EXPECT_FLOAT_EQ(Membership(gate, -3), 0.4F);
}

TEST(GatesTest, LegsThatAreSeenToMoveCostARaiseItsHint) {
  for (const Feature feature : kOfLegs) {
    EXPECT_FLOAT_EQ(GateScore(RaisingArms(0.8F), Raise(feature), kSpans), 0.6F) << Name(feature);
  }
}

TEST(GatesTest, LegsThatAreHardlySeenSayNothing) {
  for (const Feature feature : kOfLegs) {
    EXPECT_GT(GateScore(RaisingArms(0.15F), Raise(feature), kSpans), 0.7F) << Name(feature);
  }
}

TEST(GatesTest, WhatAnExerciseIsMadeOfIsHeldAgainstItHoweverFaint) {
  ExerciseDefinition raise = Raise();
  raise.travel.front().weight = 1;
  EXPECT_FLOAT_EQ(GateScore(RaisingArms(0.15F), raise, kSpans), 0);
}

}  // namespace
}  // namespace spotter::exercise
