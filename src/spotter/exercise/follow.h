// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// The posture's way along a movement that is known: 0 at its mean start posture, 1 at its mean far end. It is the
// length of the change of all features projected on the movement's, so no single joint or view has to show it. Missing
// where less than half of what moves is seen.
Series AlongMovement(const FeatureHistory& history, Span span, const MovementTemplate& movement);

// Repetitions of a movement of which at least two are known, found as they happen: the cycles of the posture's way
// along it, as soon as 70 % of the way back is done, that resemble it (candidate.h). `exercise`: what it is taken for.
std::vector<Attempt> Follow(const FeatureHistory& history,
                            Span span,
                            const MovementTemplate& movement,
                            const ExerciseDefinition& exercise);

}  // namespace spotter::exercise
