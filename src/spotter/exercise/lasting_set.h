// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "spotter/core/scene.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/finding.h"

namespace spotter::exercise {

// A set of what lasts instead of being repeated: a hold, a ride. It is announced once it has lasted the exercise's
// least duration, back-dated to its beginning, and told again every ten seconds. The exercise outlives it.
class LastingSet {
 public:
  LastingSet(const ExerciseDefinition& exercise, Pts start, Pts now)
      : exercise_(&exercise), start_(start), last_(now) {}

  const ExerciseDefinition& exercise() const { return *exercise_; }
  bool is_announced() const { return announced_; }
  // When it was last seen.
  Pts last() const { return last_; }
  void See(Pts now) { last_ = now; }
  // What came later turned out to be something else.
  void EndBy(Pts end) { last_ = std::clamp(end, start_, last_); }

  // SetStarted, once, when it has lasted long enough.
  void Announce(std::vector<Finding>& findings);
  // The next duration that is to be told, if it has been reached.
  std::optional<std::chrono::microseconds> NextToTell();
  // When it had lasted so long.
  Pts At(std::chrono::microseconds duration) const { return start_ + duration; }

  // REQUIRES: is_announced(). What was measured of it is the caller's to add.
  Set Result() const;
  SetInProgress Progress() const;

 private:
  const ExerciseDefinition* exercise_;
  Pts start_;
  Pts last_;
  bool announced_ = false;
  std::chrono::microseconds told_{0};
};

}  // namespace spotter::exercise
