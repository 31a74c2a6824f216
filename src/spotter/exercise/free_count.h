// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// What a movement is judged as while its exercise is not known: no gates, and nearly any duration.
const ExerciseDefinition& AnyExercise();

// Repetitions counted without knowing the exercise.
struct FreeCount {
  std::vector<Attempt> attempts;  // in time order, alike
  float strength = 0;             // of the period, [-1, 1]
  double period_s = 0;
  float leg_antisymmetry = 0;  // [0, 1]: 1 = nothing but legs moving against each other
  bool takes_turns = false;    // two movements in turn, each of them a repetition: every second one is alike
};

// Counts over a stretch of a history: the direction in which the posture varies most and most periodically, its cycles
// by zig-zag, without those unlike the rest. `like`, when not null, is the movement of repetitions that are known
// already: it chooses direction and sense, and only cycles like it are given. Fewer than two cycles give none.
FreeCount CountFreely(const FeatureHistory& history, Span span, const MovementTemplate* like);

// What a free count was made over: the less else is known, the stricter IsExercise is.
enum class Stretch {
  kMoment,  // the last seconds of somebody who may do anything
  kSet,     // a set that is over: a part of it had passed before, so the whole, with its pauses, need not be as strict
  kStay,    // all that somebody did since the last set, or since coming into view, up to leaving: mostly this
};

// Whether a movement may be called an exercise: large enough, on the spot, no gait, and periodic or a series of like
// cycles. `span`: what was counted.
bool IsExercise(const FeatureHistory& history, const FreeCount& count, Span span, Stretch stretch);

}  // namespace spotter::exercise
