// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Repetitions of one exercise over a stretch that is known as a whole, in time order: every signal of the exercise is
// tried, first with the exercise's thresholds, then with thresholds taken from the stretch's own range; the signal
// whose repetitions fit best is used. Cycles end where the signal is lowest, not where a live count would have
// announced them. What is neither a good repetition nor like the good ones is dropped.
std::vector<Attempt> CountWithSignals(const FeatureHistory& history, const ExerciseDefinition& exercise, Span span);

// The mean movement of the good ones.
MovementTemplate TemplateOf(const std::vector<Attempt>& attempts);

// How well the good ones fit, [0, 1]: their mean, 0 without any.
double MeanFit(std::span<const Attempt> attempts);

// From this fit on attempts are surely the exercise, even though the camera may move.
inline constexpr double kGoodMatch = 0.6;

}  // namespace spotter::exercise
