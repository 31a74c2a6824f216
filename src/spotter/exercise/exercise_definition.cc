// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/exercise_definition.h"

#include <algorithm>

namespace spotter::exercise {

std::size_t LeastReps(const ExerciseDefinition& exercise) {
  return static_cast<std::size_t>(std::ranges::min(exercise.signals, {}, &Signal::min_reps).min_reps);
}

}  // namespace spotter::exercise
