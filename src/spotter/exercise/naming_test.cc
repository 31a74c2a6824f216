// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/naming.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

constexpr double kPeriod_s = 2;

// The shoulders sink by `way` torso lengths and come back, five times; the trunk stays upright.
FeatureHistory Sinking(float way) {
  FeatureHistory history;
  for (int i = 0; i < 150; ++i) {
    FeatureFrame frame{.pts = FromSeconds(i / 15.0)};
    frame.mean.fill(kMissing);
    const auto share = static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * i / 15.0 / kPeriod_s));
    frame.mean[static_cast<std::size_t>(Feature::kShouldersY)] = -way * share;
    frame.mean[static_cast<std::size_t>(Feature::kTorsoTilt)] = 0.1F;
    history.Push(frame);
  }
  return history;
}

std::vector<Attempt> FiveAttempts() {
  std::vector<Attempt> attempts;
  for (int k = 0; k < 5; ++k) {
    const double start_s = k * kPeriod_s;
    attempts.push_back({.rep = {.start = FromSeconds(start_s),
                                .turn = FromSeconds(start_s + kPeriod_s / 2),
                                .end = FromSeconds(start_s + kPeriod_s)}});
  }
  return attempts;
}

ExerciseLibrary OneThatSinks() {
  ExerciseDefinition sink{.id = "sink", .family = "sink", .title = "Sink"};
  sink.signals = {
      {.feature = {Feature::kShouldersY}, .turn_is_high = false, .min_rom = 0.3F, .full_rom = 0.6F, .min_reps = 2}};
  sink.start = {{.feature = {Feature::kTorsoTilt}, .low = 0, .high = 0.5F, .soft = 0.2F}};
  return ExerciseLibrary({sink});
}

TEST(NamingTest, NamesWhatMovesAsFarAsTheExerciseAsks) {
  const ExerciseLibrary library = OneThatSinks();
  const Naming naming = NameMovement(Sinking(0.7F), library, FiveAttempts());
  ASSERT_NE(naming.exercise, nullptr);
  EXPECT_EQ(naming.exercise->id, "sink");
  EXPECT_FALSE(naming.reversed);
}

TEST(NamingTest, WhoHardlyMovesInAnyOfItsSignalsDoesNotDoIt) {
  EXPECT_EQ(NameMovement(Sinking(0.15F), OneThatSinks(), FiveAttempts()).exercise, nullptr);
}

TEST(NamingTest, TheOtherWayRoundIsToldByTheSense) {
  const Naming naming = NameMovement(Sinking(-0.7F), OneThatSinks(), FiveAttempts());
  EXPECT_TRUE(naming.exercise == nullptr || naming.reversed);
}

}  // namespace
}  // namespace spotter::exercise
