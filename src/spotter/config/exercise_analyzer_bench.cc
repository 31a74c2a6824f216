// SPDX-License-Identifier: Apache-2.0
// Time of the whole exercise stage for each person and frame, with as many exercises as configs/exercises holds and
// form rules on all of them.
#include <benchmark/benchmark.h>

#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

constexpr int kExercises = 24;
constexpr double kFps = 15;
constexpr double kPeriod_s = 2.5;

FormRule LeanRule() {
  return {
      .name = "forward_lean",
      .severity = Severity::kWarning,
      .cue = "Keep your chest up.",
      .praise = "Chest stays up now.",
      .tests = {{.measure = {.feature = {Feature::kTorsoTilt}}, .expectation = Expectation::kAboveUsual, .limit = 0.2F},
                {.measure = {.feature = {Feature::kKneeCave}, .moment = Moment::kHighest},
                 .expectation = Expectation::kAboveUsual,
                 .limit = 0.15F},
                {.measure = {.feature = {Feature::kHipsY}, .moment = Moment::kTravel},
                 .expectation = Expectation::kShareOfUsual,
                 .limit = 0.7F}}};
}

ExerciseLibrary FullLibrary() {
  const ExerciseLibrary small = testing::SmallLibrary();
  std::vector<ExerciseDefinition> exercises;
  for (int i = 0; i < kExercises; ++i) {
    ExerciseDefinition exercise = small.exercises()[static_cast<std::size_t>(i) % small.exercises().size()];
    if (i >= 2) exercise.id += std::to_string(i);
    exercise.form = {LeanRule()};
    exercises.push_back(std::move(exercise));
  }
  return ExerciseLibrary(std::move(exercises));
}

using Script = testing::Posture (*)(double share);

// People who do one set after another, ten seconds of rest between.
void Exercise(benchmark::State& state, Script script) {
  const auto people = static_cast<int>(state.range(0));
  ExerciseAnalyzer analyzer({.library = FullLibrary(), .gym_id = GymId("gym_01")});
  testing::Photographer photographer({.yaw_deg = 30, .jitter = 0.005});
  int frame = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const double t = frame++ / kFps;
    const double within = std::fmod(t, 30.0);
    const double share = within < 20 ? testing::ThereAndBack(std::fmod(within, kPeriod_s) / kPeriod_s) : 0;
    const std::vector<PerceivedPerson> seen(static_cast<std::size_t>(people), photographer.Photograph(script(share)));
    Scene scene = testing::MakeTestScene(FromSeconds(t), seen);
    state.ResumeTiming();
    benchmark::DoNotOptimize(analyzer.Update(scene));
  }
  state.counters["us_per_person_frame"] = benchmark::Counter(static_cast<double>(state.iterations()) * people * 1e-6,
                                                             benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void BM_SquattingPeople(benchmark::State& state) { Exercise(state, testing::Squatting); }
BENCHMARK(BM_SquattingPeople)->Arg(1)->Arg(10)->Iterations(3000);

// No exercise of the library, so that it is looked for among all movements.
void BM_PeopleWithAnUnknownMovement(benchmark::State& state) { Exercise(state, testing::RaisingSideways); }
BENCHMARK(BM_PeopleWithAnUnknownMovement)->Arg(1)->Arg(10)->Iterations(3000);

}  // namespace
}  // namespace spotter::exercise
