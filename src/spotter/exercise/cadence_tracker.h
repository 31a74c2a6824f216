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

// Finds cyclic exercises (bike, rowing machine, treadmill): one of their signals goes there and back regularly while
// the posture meets their gates and the person stays where they are. What is done is measured in turns a minute, not in
// repetitions. It is announced after the exercise's least duration, back-dated to its beginning, and closed when the
// rhythm has been lost for a moment. One person, one owner, not thread safe; the library outlives it.
class CadenceTracker {
 public:
  explicit CadenceTracker(const ExerciseLibrary& library);

  // The history's last frame is new. `busy`: repetitions of an exercise with a name are being counted.
  std::vector<Finding> Update(const FeatureHistory& history, bool busy, int& sets_done);
  // The person is gone or the stream is over.
  std::vector<Finding> Close(int& sets_done);

  std::optional<SetInProgress> InProgress() const;

 private:
  struct Ride {
    LastingSet set;
    std::vector<double> rpms;
  };
  struct Sight {
    const ExerciseDefinition* exercise = nullptr;
    double rpm = 0;
    float score = 0;
    Pts since{0};
  };

  Sight Look(const FeatureHistory& history) const;
  void Follow(const Sight& sight, Pts now);
  void Tell(std::vector<Finding>& findings);
  void End(std::vector<Finding>& findings, int& sets_done);

  std::vector<const ExerciseDefinition*> rides_;
  std::optional<Ride> ride_;
  Pts next_look_{0};
};

}  // namespace spotter::exercise
