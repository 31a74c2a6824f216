// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/finding.h"

namespace spotter::exercise {

// Times one person's rest. It starts by itself when no repetition has come for longer than a re-rack pause, counts from
// the end of the last one, tells every 30 s and when the exercise's rest range is reached, and ends with the next
// repetition or hold, or after ten minutes. One owner, not thread safe; the library outlives it.
class RestClock {
 public:
  explicit RestClock(const ExerciseLibrary& library) : library_(&library) {}

  // Ranges come from this library from now on; a rest that runs goes on.
  void Use(const ExerciseLibrary& library) { library_ = &library; }

  // `found`: what became known of the person in this frame. Returns RestTimer findings.
  std::vector<Finding> Update(std::span<const Finding> found, Pts now);

 private:
  void Note(const Finding& finding);
  void Begin(Pts end, const std::string& exercise);

  const ExerciseLibrary* library_;
  std::optional<Pts> since_;  // end of the last repetition or hold; none while a hold is held or before anything
  RestRange range_;
  Pts told_{-1};  // rest time up to which everything was told; -1 = not started
};

}  // namespace spotter::exercise
