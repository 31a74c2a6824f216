// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/exercise_definition.h"

#include <algorithm>

namespace spotter::exercise {

const ExerciseDefinition* ExerciseLibrary::Find(std::string_view id) const {
  const auto it = std::ranges::find(exercises_, id, &ExerciseDefinition::id);
  return it != exercises_.end() ? &*it : nullptr;
}

ExerciseLibrary ExerciseLibrary::Sought(std::string_view pinned) const {
  std::vector<ExerciseDefinition> sought;
  for (const ExerciseDefinition& exercise : exercises_) {
    const bool is_sought =
        pinned.empty() ? exercise.variant_of.empty() && !exercise.only_pinned : exercise.id == pinned;
    if (is_sought) sought.push_back(exercise);
  }
  return ExerciseLibrary(std::move(sought));
}

std::size_t LeastReps(const ExerciseDefinition& exercise) {
  return static_cast<std::size_t>(std::ranges::min(exercise.signals, {}, &Signal::min_reps).min_reps);
}

}  // namespace spotter::exercise
