// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Adds to a set's repetitions, which are in time order, those that turned back early and that the exercise's gates
// therefore refuse: between two whole ones, or after the last one if rest follows, from the same start posture and
// along the way that the whole ones go. The way is known posture by posture (at least two whole repetitions are
// needed), so a half repetition is recognised from any side. Where the picture hardly shows the body move, the way of
// the load decides: half a curl seen from the front raises the hands and does not bend the elbow in the picture at all.
// They are marked as partial; a whole one that seems to last into one ends where it begins.
void AddPartialReps(const FeatureHistory& history,
                    const ExerciseDefinition& exercise,
                    Span span,
                    std::vector<Attempt>& attempts);

}  // namespace spotter::exercise
