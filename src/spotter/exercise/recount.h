// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "spotter/core/rep.h"
#include "spotter/exercise/attempt.h"
#include "spotter/exercise/exercise_definition.h"

namespace spotter::exercise {

// A set counted again with all of it in view.
struct Recount {
  const ExerciseDefinition* exercise = nullptr;  // null: unknown
  std::vector<Attempt> attempts;                 // in time order
  // [0, 1]: mean fit of the good ones, naming score, or strength of the rhythm of an unknown one.
  double confidence = 0;
  // [0, 1]: how well all of them together give the name; 0 = it was found repetition by repetition.
  double name_score = 0;
};

// What a live set has found so far.
struct OpenMovement {
  const ExerciseDefinition* exercise = nullptr;  // null: unknown
  Pts from{0};
  Pts last_end{0};                // of the repetitions found live
  Pts limit{0};                   // what comes later belongs to something else
  Pts earliest{0};                // and so does what came before
  std::span<const Attempt> live;  // repetitions found live
  bool pinned = false;            // the exercise is known to be this one
  bool proven = false;            // that it was an exercise needs no further proof
};

// Counts again, names the movement from all of its repetitions, and if that gives another name counts as that.
//
// A named exercise: every signal of it is tried with thresholds taken from the set's own range, and the one whose
// repetitions fit best is used. Attempts unlike the rest are dropped, also the first and the last one (setting up,
// racking); repetitions like the others that the signal missed are added from the free count, which also overrules
// where it explains clearly more of what was done, but not by halving what the exercise sees as one repetition, nor by
// taking its ways back for ways out; where it has all of a sure set's and others near them, those are added. Where most
// of what was found live, and that many, is not found again, the live repetitions stay. A set that is not pinned and
// has no repetition of its live name may be another movement. When, seen as a whole, that was no exercise, what filled
// all the time since `earliest` is taken if it passes as an exercise at once, or nothing. Repetitions found live that
// the history has forgotten are put before what is counted again.
Recount Settle(const FeatureHistory& history, const ExerciseLibrary& library, const OpenMovement& open);

}  // namespace spotter::exercise
