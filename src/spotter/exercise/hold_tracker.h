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

// What is counted beside a hold. The posture between its repetitions is a part of it.
struct Counted {
  bool under_way = false;  // a repetition, or a ride
  bool may_go_on = false;  // the next repetition may still follow
  Pts since{0};            // of either
};

// Finds holds (plank): a posture that meets a hold's `during` gates and stays, without repetitions. It is announced
// after the hold's least duration, back-dated to its beginning, and closed when the posture has been left for a
// moment. One person, one owner, not thread safe; the library outlives it.
class HoldTracker {
 public:
  explicit HoldTracker(const ExerciseLibrary& library);

  // The history's last frame is new. A hold ends where the repetitions begin that were told later, and none begins
  // before it is certain that no further one follows.
  std::vector<Finding> Update(const FeatureHistory& history, const Counted& counted, int& sets_done);
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
