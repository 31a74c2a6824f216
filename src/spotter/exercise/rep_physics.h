// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/core/rep.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Fills what a set's repetitions were like as movements: whether their angles can be trusted, path and speed of the
// load, left against right, velocity loss and consistency of the set. What the joints or the view do not show stays
// empty ("not assessable"); so does all of a repetition that the history no longer holds.
//
// Metres come from the person's torso (shoulder to hip), taken as 0.288 of a height of 1.70 m (Drillis & Contini 1966):
// right within 8 % for nine adults in ten. Only heights are used, because a camera sees them unshortened from any side.
void MeasurePhysics(const FeatureHistory& history, const ExerciseDefinition& exercise, Set& set);

// What of it can be said of a repetition when it is announced, before it is quite over: all but the load, whose speed
// is the mean of the whole lifting phase.
void MeasureLive(const FeatureHistory& history, const ExerciseDefinition& exercise, Rep& rep);

// m/s, of the load, on the way out or home; none where the exercise names no load or it is not seen.
std::optional<double> PeakSpeed_mps(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep);

}  // namespace spotter::exercise
