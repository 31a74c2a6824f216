// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/signal_count.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::Posture;
using testing::Squatting;
using testing::ThereAndBack;

constexpr double kRep_s = 2;      // NOLINT(readability-identifier-naming): unit suffix
constexpr double kRest_s = 1;     // NOLINT(readability-identifier-naming): unit suffix
constexpr double kRaise_s = 0.6;  // NOLINT(readability-identifier-naming): unit suffix

// Three squats with rests between; the arms go up in the first, and once for the second and third together.
Posture SquatWithArms(double t) {
  const double within = std::fmod(t, kRep_s + kRest_s);
  Posture posture = Squatting(t < 3 * (kRep_s + kRest_s) ? ThereAndBack(std::min(within / kRep_s, 1.0)) : 0);
  const double last_end = 2 * (kRep_s + kRest_s) + kRep_s;
  double up = t < kRep_s ? ThereAndBack(t / kRep_s) : 0;
  if (t > kRep_s + kRest_s && t < last_end) {
    up = std::min({(t - kRep_s - kRest_s) / kRaise_s, (last_end - t) / kRaise_s, 1.0});
  }
  posture.left_arm = posture.right_arm = {.upper_forward = 90 * up, .fore_forward = 90 * up};
  return posture;
}

TEST(SignalCountTest, TimeThatIsTooLongForARepetitionSpeaksForNoSignal) {
  ExerciseDefinition exercise{.id = "squat", .family = "squat", .title = "Squat"};
  exercise.signals = {{.feature = {Feature::kHipHeight}, .turn_is_high = false, .min_rom = 0.25F, .full_rom = 0.5F},
                      {.feature = {Feature::kWristHeight}, .turn_is_high = true, .min_rom = 0.25F, .full_rom = 0.5F}};
  exercise.main_angle = {Feature::kKnee};
  exercise.max_s = 10;
  exercise.max_pause_s = 10;
  const FeatureHistory history = testing::FilmHistory(SquatWithArms, 3 * (kRep_s + kRest_s) + 2);
  EXPECT_EQ(CountWithSignals(history, exercise, {0, history.frames().size() - 1}).size(), 3U);
}

}  // namespace
}  // namespace spotter::exercise
