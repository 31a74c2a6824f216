// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/scene.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Decides what a person does who is in no set: from the mean posture and the movement of the last second, with rules on
// angles and body proportions; a new activity must last half a second before it replaces the old one. One person, one
// owner, not thread safe.
class ActivityClassifier {
 public:
  // The history's last frame is new. `exercising`: a set is running.
  Activity Update(const FeatureHistory& history, bool exercising);
  Activity activity() const { return activity_; }

 private:
  Activity activity_ = Activity::kUnknown;
  Activity next_ = Activity::kUnknown;  // seen lately, not yet believed
  Pts next_since_{0};
  Pts next_look_{0};
};

}  // namespace spotter::exercise
