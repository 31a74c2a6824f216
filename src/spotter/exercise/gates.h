// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"
#include "spotter/exercise/movement.h"

namespace spotter::exercise {

// How well the postures at both ends and the movement between match the exercise: the product of all gates, [0, 1].
// A gate whose feature is not seen says nothing, but many unseen ones cost a little.
float GateScore(const FeatureHistory& history, const ExerciseDefinition& exercise, const CycleSpans& spans);

// Whether the gate may be held against this stretch. A hint about what IsSeen says is guessed may not.
bool IsJudgeable(const FeatureHistory& history, const Gate& gate, Span whole);

// One gate: 1 inside, falling linearly to 1 - weight at `soft` beyond.
float Membership(const Gate& gate, float value);

}  // namespace spotter::exercise
