// SPDX-License-Identifier: Apache-2.0
// What people are analysed with can change while they train.
#include <algorithm>
#include <iterator>

#include <gtest/gtest.h>

#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/exercise/testing/stick_figure.h"
#include "spotter/exercise/testing/told.h"

namespace spotter::exercise {
namespace {

using testing::Curling;
using testing::MakeTestScene;
using testing::Photographer;
using testing::Posture;
using testing::SmallLibrary;
using testing::Squatting;
using testing::ThereAndBack;
using testing::Told;

ExerciseLibrary Without(const std::string& id) {
  std::vector<ExerciseDefinition> rest = SmallLibrary().exercises();
  std::erase_if(rest, [&](const ExerciseDefinition& exercise) { return exercise.id == id; });
  return ExerciseLibrary(rest);
}

// Four squats from 1 s to 11 s, four curls from 41 s to 51 s.
Posture TwoSets(double t) {
  const auto phase = [&](double begin) { return (t - begin) / 2.5; };
  const auto posture_at = [](double p) { return p < 0 || p >= 4 ? 0 : ThereAndBack(p - std::floor(p)); };
  return t < 30 ? Squatting(posture_at(phase(1))) : Curling(posture_at(phase(41)));
}

// The library changes at `change_s` to `next`.
std::vector<Event> Film(ExerciseLibrary first, double change_s, const ExerciseLibrary& next) {
  ExerciseAnalyzer analyzer(
      {.library = std::move(first), .gym_id = GymId("gym_01"), .pinned_exercise = {}, .form = {}});
  Photographer photographer({});
  std::vector<Event> events;
  for (int i = 0; i < 55 * 15; ++i) {
    const double t = i / 15.0;
    if (t >= change_s && t < change_s + 0.06) analyzer.Adopt(next);
    Scene scene = MakeTestScene(FromSeconds(t), {photographer.Photograph(TwoSets(t))});
    std::ranges::move(analyzer.Update(scene), std::back_inserter(events));
  }
  std::ranges::move(analyzer.Finish(), std::back_inserter(events));
  return events;
}

TEST(PlaybookTest, AnOpenSetIsFinishedWithTheExercisesItBeganWith) {
  const auto completed = Told<SetCompleted>(Film(SmallLibrary(), 6, Without("squat")));
  ASSERT_GE(completed.size(), 2U);
  EXPECT_EQ(completed[0].set.exercise, "squat");
  EXPECT_EQ(completed[0].set.reps.size(), 4U);
  EXPECT_EQ(completed[1].set.exercise, "bicep_curl");
}

TEST(PlaybookTest, TheNextSetIsCountedWithTheNewOnes) {
  const auto completed = Told<SetCompleted>(Film(Without("bicep_curl"), 20, SmallLibrary()));
  ASSERT_EQ(completed.size(), 2U);
  EXPECT_EQ(completed[1].set.exercise, "bicep_curl");
  EXPECT_EQ(completed[1].set.reps.size(), 4U);
  EXPECT_EQ(completed[1].number, 2) << "the person's sets are counted on";
}

TEST(PlaybookTest, WithoutTheExerciseNothingHasItsName) {
  for (const SetCompleted& completed : Told<SetCompleted>(Film(Without("bicep_curl"), 100, SmallLibrary())))
    EXPECT_NE(completed.set.exercise, "bicep_curl");
}

TEST(PlaybookTest, ASetSaysItsNumberAndWhatItAimsAt) {
  std::vector<ExerciseDefinition> exercises = SmallLibrary().exercises();
  exercises[0].target = SetTarget{5, 12};
  const ExerciseLibrary library(exercises);
  const std::vector<Event> events = Film(library, 100, library);
  const auto started = Told<SetStarted>(events);
  const auto completed = Told<SetCompleted>(events);
  ASSERT_EQ(started.size(), 2U);
  EXPECT_EQ(started[0].number, 1);
  ASSERT_TRUE(started[0].target);
  EXPECT_EQ(started[0].target->least, 5);
  EXPECT_EQ(started[1].number, 2);
  EXPECT_FALSE(started[1].target) << "the file of the curl says nothing";
  ASSERT_TRUE(completed[0].set.target);
  EXPECT_EQ(completed[0].set.target->most, 12);
}

}  // namespace
}  // namespace spotter::exercise
