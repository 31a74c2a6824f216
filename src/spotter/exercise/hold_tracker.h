// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "spotter/core/scene.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/finding.h"
#include "spotter/exercise/history.h"
#include "spotter/exercise/lasting_set.h"

namespace spotter::exercise {

// Finds holds (plank): a posture that meets a hold's `during` gates and stays, without repetitions. It is announced
// after the hold's least duration, back-dated to its beginning, and closed when the posture has been left for a
// moment. One person, one owner, not thread safe; the library outlives it.
class HoldTracker {
 public:
  explicit HoldTracker(const ExerciseLibrary& library);

  // The history's last frame is new. `repeating`: a set of repetitions is open, so the posture belongs to it.
  std::vector<Finding> Update(const FeatureHistory& history, bool repeating, int& sets_done);
  // The person is gone or the stream is over.
  std::vector<Finding> Close(int& sets_done);

  std::optional<SetInProgress> InProgress() const;

 private:
  void Tell(std::vector<Finding>& findings);
  void End(std::vector<Finding>& findings, int& sets_done);

  std::vector<const ExerciseDefinition*> holds_;
  std::optional<LastingSet> hold_;
  Pts next_look_{0};
};

}  // namespace spotter::exercise
