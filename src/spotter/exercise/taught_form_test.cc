// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/taught_form.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/exercise/testing/stick_figure.h"
#include "spotter/exercise/testing/told.h"

namespace spotter::exercise {
namespace {

using testing::Camera;
using testing::MakeTestScene;
using testing::Photographer;
using testing::Posture;
using testing::SmallLibrary;
using testing::Squatting;
using ::testing::StartsWith;
using testing::ThereAndBack;

constexpr Camera kSide{.yaw_deg = 20, .jitter = 0.005, .with_depth = true};
constexpr double kRep_s = 2.5;

Posture Leaning(double depth) {
  Posture posture = Squatting(depth);
  posture.trunk += 30 * depth;
  return posture;
}

// Squats from the second second on, one after the other; those that lean too far are marked.
template <typename Take>
void Film(const std::vector<bool>& leaning, unsigned person, Take take) {
  Photographer photographer(kSide, person);
  const auto reps = static_cast<int>(leaning.size());
  for (int i = 0; i < 15 * (reps * kRep_s + 4); ++i) {
    const double rep = (i / 15.0 - 2) / kRep_s;
    const bool active = rep >= 0 && rep < reps;
    const double depth = active ? ThereAndBack(rep - std::floor(rep)) : 0;
    const bool leans = active && leaning[static_cast<std::size_t>(rep)];
    take(FromSeconds(i / 15.0), photographer.Photograph(leans ? Leaning(depth) : Squatting(depth)));
  }
}

FormModel LeanModel() {
  std::vector<FormExample> examples;
  for (unsigned person = 0; person < 8; ++person) {
    for (const bool leans : {false, true}) {
      std::vector<Joints> frames;
      Film({leans}, 10 + person, [&](Pts pts, const PerceivedPerson& seen) {
        if (pts >= FromSeconds(2) && pts <= FromSeconds(2 + kRep_s)) frames.push_back(MakeJoints(seen, pts, 16.0F / 9));
      });
      examples.push_back({*DescribeRep(frames, BodySpace::kWorld), leans});
    }
  }
  Result<FormModel> model = LearnForm("squat", examples);
  SPOTTER_CHECK(model.ok());
  return *model;
}

Set CountedSet(const ExerciseLibrary& library, const std::vector<bool>& leaning) {
  ExerciseAnalyzer analyzer({.library = library, .gym_id = GymId("gym_01")});
  std::vector<Event> events;
  Film(leaning, 1, [&](Pts pts, const PerceivedPerson& seen) {
    Scene scene = MakeTestScene(pts, {seen});
    for (Event& event : analyzer.Update(scene)) events.push_back(std::move(event));
  });
  for (Event& event : analyzer.Finish()) events.push_back(std::move(event));
  const auto completed = testing::Told<SetCompleted>(events);
  return completed.empty() ? Set{} : completed.front().set;
}

TEST(TaughtForm, EachRepetitionOfASetIsJudgedWhenTheSetIsOver) {
  const ExerciseLibrary library(SmallLibrary().exercises(), {LeanModel()});
  const std::vector<bool> leaning = {false, true, false, false, true};
  const Set set = CountedSet(library, leaning);
  ASSERT_EQ(set.reps.size(), leaning.size());
  for (std::size_t i = 0; i < leaning.size(); ++i) {
    const Rep& rep = set.reps[i];
    ASSERT_TRUE(rep.taught) << i;
    EXPECT_EQ(rep.taught->IsWrong(), leaning[i]) << i;
    ASSERT_EQ(rep.faults.size(), leaning[i] ? 1U : 0U) << i;
    if (!leaning[i]) continue;
    EXPECT_EQ(rep.faults[0].name, kUnlikeTaught);
    EXPECT_EQ(rep.faults[0].at, rep.turn);
    EXPECT_NE(rep.faults[0].value, rep.faults[0].limit);
    EXPECT_THAT(rep.taught->cue, StartsWith(rep.taught->joint));
  }
  ASSERT_TRUE(set.form_score);
  EXPECT_NEAR(*set.form_score, 1 - 0.25 * 2 / 5, 1e-9);
}

TEST(TaughtForm, OtherExercisesAreLeftAlone) {
  FormModel model = LeanModel();
  model.exercise = "bicep_curl";
  const Set set = CountedSet(ExerciseLibrary(SmallLibrary().exercises(), {model}), {false, true, true});
  ASSERT_EQ(set.reps.size(), 3U);
  for (const Rep& rep : set.reps) EXPECT_FALSE(rep.taught);
  EXPECT_FALSE(set.form_score);
}

TEST(TaughtForm, ARepetitionThatIsNoLongerRememberedIsNotJudged) {
  BodyHistory bodies;
  Film({true}, 1, [&](Pts pts, const PerceivedPerson& seen) { bodies.Push(MakeJoints(seen, pts, 16.0F / 9)); });
  Set set{.exercise = "squat", .reps = {{.start = FromSeconds(2), .end = FromSeconds(4.5)}}};
  JudgeByExamples(bodies, LeanModel(), set);
  ASSERT_TRUE(set.reps[0].taught);
  set.reps[0].taught.reset();
  bodies.DropBefore(FromSeconds(3));
  JudgeByExamples(bodies, LeanModel(), set);
  EXPECT_FALSE(set.reps[0].taught);
}

}  // namespace
}  // namespace spotter::exercise
