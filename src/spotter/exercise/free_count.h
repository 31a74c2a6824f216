// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// What a movement is judged as while its exercise is not known: no gates, and nearly any duration.
const ExerciseDefinition& AnyExercise();

// Repetitions counted without knowing the exercise.
struct FreeCount {
  std::vector<Attempt> attempts;  // in time order, alike
  float strength = 0;             // of the period, [0, 1]
  double period_s = 0;
  double evidence = 0;  // RhythmicWay times the strength, which counts as .05 at least
};

// How much of what somebody did over the span the attempts account for as one rhythm: the way that the posture went in
// all of them (radians and torso lengths alike), less the less even they are in range and time, and less by the share
// of the span that they leave. Of two countings of one span the higher one explains more. 0 for fewer than two.
// REQUIRES: the span lies in the history
double RhythmicWay(const FeatureHistory& history, Span span, std::span<const Attempt> attempts);

// Counts over a stretch of a history, by the signal with most evidence among the principal components of the posture
// and the distance from rest: the period by autocorrelation, smoothed by a share of it, cycles by zig-zag in the sense
// that has more of them, without those unlike the rest (after the skeleton counter of arXiv 2107.13760). `like`, when
// not null, is the movement of repetitions that are known already: only cycles like it are given. Fewer than two cycles
// give none.
FreeCount CountFreely(const FeatureHistory& history, Span span, const MovementTemplate* like);

// Whether the posture changes so much within the span that its count could be an exercise: much cheaper than to count.
// REQUIRES: the span lies in the history
bool MovesEnough(const FeatureHistory& history, Span span);

// Whether each of the count's repetitions is one of the whole attempts that an exercise found, and what the exercise
// marked as partial lies between them: what repeats itself is all that the count can know of.
bool LacksPartialOnes(const FreeCount& count, std::span<const Attempt> known);

// What a free count was made over.
enum class Stretch {
  kMoment,  // the last seconds of somebody who may do anything, or all that was done where a set was seen that was none
  kSet,     // a set that is over: a part of it had passed before, so the whole, with its pauses, need not be as strict
  kStay,    // all that somebody did in view in whom nothing was seen live: two cycles may be chance
};

// Whether a movement may be called an exercise: well seen, on the spot, no gesture, and with a rhythm that fits its
// size: large and quick, or strictly even. Of a set less is asked; of a stay more cycles, that need not be quick.
bool IsExercise(const FeatureHistory& history, const FreeCount& count, Stretch stretch);

}  // namespace spotter::exercise
