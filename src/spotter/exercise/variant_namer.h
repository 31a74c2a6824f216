// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "spotter/core/rep.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/finding.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// The variant of `exercise` whose `told_by` gates the repetitions meet, each by the median of them; the best one of
// several. Null when none is met, or what would tell it was not seen in most of the repetitions.
const ExerciseDefinition* FindVariant(const FeatureHistory& history,
                                      const ExerciseLibrary& library,
                                      const ExerciseDefinition& exercise,
                                      std::span<const Rep> reps);

// Gives one person's sets the name of a variant (goblet squat) where joints can tell it from the exercise that was
// counted (squat): live from the second repetition on, and again for the settled set. Counting knows nothing of it. One
// owner, not thread safe; the library outlives it.
class VariantNamer {
 public:
  // `is_pinned`: the user said what is done, so nothing is renamed.
  VariantNamer(const ExerciseLibrary& library, bool is_pinned) : library_(&library), is_pinned_(is_pinned) {}

  // Renames what was found in the history's last frame.
  void Update(const FeatureHistory& history, std::span<Finding> found);
  // What to call the open set, which counting calls `exercise`.
  std::string NameOf(const std::string& exercise) const;

 private:
  void Count(const FeatureHistory& history, RepCounted& counted);
  void Settle(const FeatureHistory& history, Set& set);
  void EndSet();

  const ExerciseLibrary* library_;
  bool is_pinned_;
  std::string exercise_;                         // of the open set, as counted
  const ExerciseDefinition* variant_ = nullptr;  // of it
  std::vector<Rep> reps_;                        // the first ones of the open set
};

}  // namespace spotter::exercise
