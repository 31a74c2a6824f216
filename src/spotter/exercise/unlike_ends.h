// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/exercise/attempt.h"

namespace spotter::exercise {

// Drops what comes before a set and after it and is none of its repetitions, because it goes another way: setting up
// and racking. Of partial ones it is known that they go the same way. Movements that take turns stay. In an exercise of
// the arms little difference is enough, since gestures look like its repetitions; what somebody does who wipes or bends
// over something goes, and what goes the other way round, also partial ones, and so does a drink: a hand at the mouth
// that is not there in the others, or, before the set, stays there much longer than they stay. `exercise` may be null.
void DropUnlikeEnds(const FeatureHistory& history, const ExerciseDefinition* exercise, std::vector<Attempt>& attempts);

}  // namespace spotter::exercise
