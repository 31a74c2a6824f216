// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/exercise/attempt.h"

namespace spotter::exercise {

// The arm that does the repetition: it lifts its hand, and the other one rests. Both where that is not clear.
Side WorkingArm(const FeatureHistory& history, const Rep& rep);

// Says which arm does each repetition of an unknown movement, or of one that was counted before it had a name.
void SayWhichArm(const FeatureHistory& history, std::vector<Attempt>& attempts);

}  // namespace spotter::exercise
