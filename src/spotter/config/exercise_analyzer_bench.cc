// SPDX-License-Identifier: Apache-2.0
// Time of the whole exercise stage for each person and frame with the exercises of configs/exercises, at the 15 frames
// a second that a camera worker publishes. The aim is under 50 us on one core.
#include <cmath>
#include <filesystem>

#include <benchmark/benchmark.h>

#include "spotter/base/check.h"
#include "spotter/config/exercise_library.h"
#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::config {
namespace {

using exercise::testing::Posture;

constexpr double kFps = 15;
constexpr double kPeriod_s = 2.5;

exercise::ExerciseLibrary ShippedLibrary() {
  auto library = LoadExerciseLibrary(std::filesystem::path(SPOTTER_SOURCE_DIR) / "configs/exercises");
  SPOTTER_CHECK(library.ok());
  return std::move(library).value();
}

using Script = Posture (*)(double share);

// People who do one set after another, ten seconds of rest between.
void Exercise(benchmark::State& state, Script script) {
  const auto people = static_cast<int>(state.range(0));
  exercise::ExerciseAnalyzer analyzer({.library = ShippedLibrary(), .gym_id = GymId("gym_01")});
  exercise::testing::Photographer photographer({.yaw_deg = 30, .jitter = 0.005});
  int frame = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const double t = frame++ / kFps;
    const double within = std::fmod(t, 30.0);
    const double share = within < 20 ? exercise::testing::ThereAndBack(std::fmod(within, kPeriod_s) / kPeriod_s) : 0;
    const std::vector<PerceivedPerson> seen(static_cast<std::size_t>(people), photographer.Photograph(script(share)));
    Scene scene = exercise::testing::MakeTestScene(FromSeconds(t), seen);
    state.ResumeTiming();
    benchmark::DoNotOptimize(analyzer.Update(scene));
  }
  state.counters["us_per_person_frame"] = benchmark::Counter(static_cast<double>(state.iterations()) * people * 1e-6,
                                                             benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Leans sideways with one arm overhead: no exercise of the library, so that it is looked for among all movements.
Posture BendingSideways(double share) {
  const exercise::testing::ArmPose up{.upper_out = 90 * share, .fore_out = 170 * share};
  return {.trunk = 20 * share, .left_leg = {.thigh = 60 * share}, .right_arm = up};
}

void BM_SquattingPeople(benchmark::State& state) { Exercise(state, exercise::testing::Squatting); }
BENCHMARK(BM_SquattingPeople)->Arg(1)->Arg(10)->Iterations(3000);

void BM_PeopleWithAnUnknownMovement(benchmark::State& state) { Exercise(state, BendingSideways); }
BENCHMARK(BM_PeopleWithAnUnknownMovement)->Arg(1)->Arg(10)->Iterations(3000);

// Who rests between two sets, and whoever stands about.
void BM_StandingPeople(benchmark::State& state) {
  Exercise(state, [](double /*share*/) { return exercise::testing::Squatting(0); });
}
BENCHMARK(BM_StandingPeople)->Arg(1)->Arg(10)->Iterations(3000);

}  // namespace
}  // namespace spotter::config
