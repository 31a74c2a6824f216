// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/variant_namer.h"

#include <gtest/gtest.h>

#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/exercise/testing/stick_figure.h"
#include "spotter/exercise/testing/told.h"

namespace spotter::exercise {
namespace {

using testing::ArmPose;
using testing::MakeTestScene;
using testing::Photographer;
using testing::Posture;
using testing::SmallLibrary;
using testing::ThereAndBack;

// Hands before the chest, elbows down.
Posture SquattingWithWeight(double depth) {
  Posture posture = testing::Squatting(depth);
  const ArmPose arm{.upper_forward = 20, .fore_forward = 140};
  posture.left_arm = arm;
  posture.right_arm = arm;
  return posture;
}

ExerciseLibrary LibraryWithGoblet() {
  std::vector<ExerciseDefinition> exercises = SmallLibrary().exercises();
  ExerciseDefinition goblet = exercises.front();
  goblet.id = "goblet_squat";
  goblet.variant_of = "squat";
  goblet.target = SetTarget{8, 15};
  goblet.told_by = {{Moment::kTurn, {.feature = {Feature::kElbow}, .low = 0.2F, .high = 1.75F, .soft = 0.25F}},
                    {Moment::kTurn, {.feature = {Feature::kWristHeight}, .low = -0.8F, .high = -0.1F, .soft = 0.1F}}};
  exercises.push_back(goblet);
  return ExerciseLibrary(exercises);
}

std::vector<Event> Film(Posture (*posture)(double), const std::string& pinned = {}) {
  ExerciseAnalyzer analyzer(
      {.library = LibraryWithGoblet(), .gym_id = GymId("gym_01"), .pinned_exercise = pinned, .form = {}});
  Photographer photographer({});
  std::vector<Event> events;
  for (int i = 0; i < 15 * 15; ++i) {
    const double phase = (i / 15.0 - 1) / 2.5;
    Scene scene = MakeTestScene(
        FromSeconds(i / 15.0),
        {photographer.Photograph(posture(phase < 0 || phase >= 4 ? 0 : ThereAndBack(phase - std::floor(phase))))});
    for (Event& event : analyzer.Update(scene)) events.push_back(std::move(event));
  }
  for (Event& event : analyzer.Finish()) events.push_back(std::move(event));
  return events;
}

TEST(VariantNamerTest, AWeightBeforeTheChestMakesTheSquatAGobletSquatFromTheSecondOneOn) {
  const std::vector<Event> events = Film(SquattingWithWeight);
  const auto counted = testing::Told<RepCounted>(events);
  ASSERT_EQ(counted.size(), 4U);
  EXPECT_EQ(counted[0].exercise, "squat");
  EXPECT_EQ(counted[1].exercise, "goblet_squat");
  EXPECT_EQ(counted[3].exercise, "goblet_squat");
  const auto changed = testing::Told<ExerciseChanged>(events);
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed[0].to, "goblet_squat");
  const auto completed = testing::Told<SetCompleted>(events);
  ASSERT_EQ(completed.size(), 1U);
  EXPECT_EQ(completed[0].set.exercise, "goblet_squat");
  EXPECT_EQ(completed[0].set.reps.size(), 4U);
  ASSERT_TRUE(completed[0].set.target);
  EXPECT_EQ(completed[0].set.target->most, 15);
}

TEST(VariantNamerTest, ASquatWithFreeArmsStaysASquat) {
  const std::vector<Event> events = Film(testing::Squatting);
  ASSERT_EQ(testing::Told<SetCompleted>(events).size(), 1U);
  EXPECT_EQ(testing::Told<SetCompleted>(events)[0].set.exercise, "squat");
  EXPECT_TRUE(testing::Told<ExerciseChanged>(events).empty());
}

TEST(VariantNamerTest, APinnedExerciseKeepsItsName) {
  const std::vector<Event> events = Film(SquattingWithWeight, "squat");
  ASSERT_EQ(testing::Told<SetCompleted>(events).size(), 1U);
  EXPECT_EQ(testing::Told<SetCompleted>(events)[0].set.exercise, "squat");
}

TEST(VariantNamerTest, APinnedVariantIsCounted) {
  const std::vector<Event> events = Film(testing::Squatting, "goblet_squat");
  ASSERT_EQ(testing::Told<SetCompleted>(events).size(), 1U);
  EXPECT_EQ(testing::Told<SetCompleted>(events)[0].set.exercise, "goblet_squat");
  EXPECT_EQ(testing::Told<SetCompleted>(events)[0].set.reps.size(), 4U);
}

TEST(VariantNamerTest, WhatIsNotSeenTellsNothing) {
  FeatureHistory history;  // no frames at all
  const ExerciseLibrary library = LibraryWithGoblet();
  const Rep rep{.start = FromSeconds(1), .turn = FromSeconds(2), .end = FromSeconds(3)};
  EXPECT_EQ(FindVariant(history, library, *library.Find("squat"), std::vector<Rep>{rep, rep}), nullptr);
}

}  // namespace
}  // namespace spotter::exercise
