// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Which exercise a set of like repetitions is.
struct Naming {
  const ExerciseDefinition* exercise = nullptr;  // null: none fits well enough, or two fit alike
  float score = 0;                               // [0, 1]
  bool reversed = false;                         // its start posture is at the attempts' turns
};

// Compares the postures at both ends of the attempts, averaged over all of them, with every exercise in the library.
// Softer than the judgement of one repetition: a gate that fails costs its share, no gate decides alone. Of repetitions
// that one arm does, or the arms in turn, an exercise of the arms asks the working one alone.
Naming NameMovement(const FeatureHistory& history, const ExerciseLibrary& library, std::span<const Attempt> attempts);

// How well one exercise fits, in the attempts' own sense or the reversed one.
float NamingScore(const FeatureHistory& history,
                  const ExerciseDefinition& exercise,
                  std::span<const Attempt> attempts,
                  bool reversed);

}  // namespace spotter::exercise
