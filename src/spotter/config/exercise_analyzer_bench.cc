// SPDX-License-Identifier: Apache-2.0
// Time of the whole exercise stage for each person and frame with the exercises of configs/exercises, at the 15 frames
// a second that a camera worker publishes. The aim is under 50 us on one core.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>
#include <random>

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

using Script = Posture (*)(double time_s);

// What people do who all follow one script.
void Analyze(benchmark::State& state, Script script) {
  const auto people = static_cast<int>(state.range(0));
  exercise::ExerciseAnalyzer analyzer({.library = ShippedLibrary(), .gym_id = GymId("gym_01")});
  exercise::testing::Photographer photographer({.yaw_deg = 30, .jitter = 0.005});
  int frame = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const double time_s = frame++ / kFps;
    const std::vector<PerceivedPerson> seen(static_cast<std::size_t>(people), photographer.Photograph(script(time_s)));
    Scene scene = exercise::testing::MakeTestScene(FromSeconds(time_s), seen);
    state.ResumeTiming();
    benchmark::DoNotOptimize(analyzer.Update(scene));
  }
  state.counters["us_per_person_frame"] = benchmark::Counter(static_cast<double>(state.iterations()) * people * 1e-6,
                                                             benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// One set after another, ten seconds of rest between: 0 at rest, 1 at the far end.
double ShareInSets(double time_s) {
  const double within_s = std::fmod(time_s, 30.0);
  return within_s < 20 ? exercise::testing::ThereAndBack(std::fmod(within_s, kPeriod_s) / kPeriod_s) : 0;
}

Posture DoingSquats(double time_s) { return exercise::testing::Squatting(ShareInSets(time_s)); }

// Leans sideways with one arm overhead: no exercise of the library, so that it is looked for among all movements.
Posture BendingSideways(double time_s) {
  const double share = ShareInSets(time_s);
  const exercise::testing::ArmPose up{.upper_out = 90 * share, .fore_out = 170 * share};
  return {.trunk = 20 * share, .left_leg = {.thigh = 60 * share}, .right_arm = up};
}

Posture StandingStill(double /*time_s*/) { return exercise::testing::Squatting(0); }

// Smooth noise of [-1, 1] without a rhythm: a new value every so often, eased into.
double Wander(double time_s, double step_s, unsigned channel) {
  const double steps = time_s / step_s;
  const auto value = [&](double step) {
    std::mt19937 random(1000 * channel + static_cast<unsigned>(step));
    return std::uniform_real_distribution<>(-1, 1)(random);
  };
  const double before = std::floor(steps);
  const double share = (1 - std::cos(std::numbers::pi * (steps - before))) / 2;
  return value(before) + share * (value(before + 1) - value(before));
}

// Shifts the weight, sways and now and then lifts a hand, as who waits or talks.
Posture Fidgeting(double time_s) {
  const double lean = 4 * Wander(time_s, 2.3, 1);
  const double step = 6 * Wander(time_s, 5, 2);
  const double lifted = std::max(0.0, 2 * Wander(time_s, 3.1, 3) - 0.5);
  return {.trunk = lean,
          .left_leg = {.thigh = step, .shank = -std::abs(step)},
          .right_leg = {.thigh = -step, .shank = -std::abs(step)},
          .left_arm = {.upper_forward = 8 * Wander(time_s, 1.7, 4), .fore_forward = 20 + 15 * Wander(time_s, 1.7, 5)},
          .right_arm = {.upper_forward = 20 * lifted, .fore_forward = 20 + 100 * lifted}};
}

void BM_SquattingPeople(benchmark::State& state) { Analyze(state, DoingSquats); }
BENCHMARK(BM_SquattingPeople)->Arg(1)->Arg(10)->Iterations(3000);

void BM_PeopleWithAnUnknownMovement(benchmark::State& state) { Analyze(state, BendingSideways); }
BENCHMARK(BM_PeopleWithAnUnknownMovement)->Arg(1)->Arg(10)->Iterations(3000);

void BM_StandingPeople(benchmark::State& state) { Analyze(state, StandingStill); }
BENCHMARK(BM_StandingPeople)->Arg(1)->Arg(10)->Iterations(3000);

void BM_FidgetingPeople(benchmark::State& state) { Analyze(state, Fidgeting); }
BENCHMARK(BM_FidgetingPeople)->Arg(1)->Arg(10)->Iterations(3000);

}  // namespace
}  // namespace spotter::config
