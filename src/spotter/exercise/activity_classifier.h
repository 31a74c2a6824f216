// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/scene.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Decides what a person does: from the mean posture and the movement of the last second, with rules on
// angles and body proportions; a new activity must last half a second before it replaces the old one. One person, one
// owner, not thread safe.
class ActivityClassifier {
 public:
  // What others have found out about the last moments.
  struct Known {
    bool exercising = false;  // a set is running,
    bool named = false;       // full repetitions of an exercise with a name were counted a moment ago
    bool wiping = false;      // the hands wipe: more than an exercise, unless it has a name. Who sits or lies does not
  };
  // The history's last frame is new.
  Activity Update(const FeatureHistory& history, const Known& known);
  Activity activity() const { return activity_; }

 private:
  Activity activity_ = Activity::kUnknown;
  Activity next_ = Activity::kUnknown;  // seen lately, not yet believed
  Pts next_since_{0};
  Pts next_look_{0};
};

}  // namespace spotter::exercise
