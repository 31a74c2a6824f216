// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Measures start, turn, end and phases of counted repetitions again on the exercise's main angle: heights change little
// at both ends of a bend, so they begin late and end early. Repetitions whose main angle is hidden or hardly moves
// (seen from the front) keep their times.
void RefineTimes(const FeatureHistory& history, const ExerciseDefinition& exercise, std::vector<Attempt>& attempts);

// Takes time off the end of a repetition, from the phase that lies there.
void EndBy(Pts end, bool eccentric_first, Rep& rep);
// The same at its start.
void BeginAt(Pts start, bool eccentric_first, Rep& rep);

}  // namespace spotter::exercise
