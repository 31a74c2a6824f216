// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// How regularly a signal goes there and back over a stretch of a history.
struct Rhythm {
  double cycle_s = 0;
  float strength = 0;  // of the period, [-1, 1]: autocorrelation after one cycle
  float range = 0;     // of the signal, its inner four fifths
};

// None when the signal is missing for more than half of the stretch, has no period, or its cycles, timed by where it
// passes its middle on the way up, disagree with the period by more than a fifth.
std::optional<Rhythm> MeasureRhythm(const FeatureHistory& history, const Signal& signal, Span span);

}  // namespace spotter::exercise
