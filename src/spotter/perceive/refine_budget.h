// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>

#include "spotter/core/perception.h"

namespace spotter::perceive {

struct RefineBudgetOptions {
  float still_movement = 0.06F;  // torso lengths: who moved no joint further since the last refinement stands still
  std::chrono::milliseconds still_interval{500};  // how often who stands still is refined
  std::chrono::microseconds moving_interval{0};   // how often who moves is refined; 0 = every time
};

// Decides whose pose is worth a refinement: that of people who move, now and then that of people who do not. Memory per
// track; one source, frames in order, one thread.
class RefineBudget {
 public:
  explicit RefineBudget(const RefineBudgetOptions& options) : options_(options) {}

  // True when this person is to be refined in this frame, which is then remembered. `aspect` is the frame's width over
  // its height; the pose is the detector's, in fractions of the frame.
  bool Grant(const PerceivedPerson& person, float aspect, Pts now);
  // Forgets tracks that were not seen for some seconds.
  void ForgetLost(Pts now);

 private:
  struct Memory {
    Pts seen_at{0};
    Pts refined_at{0};
    Pose pose;  // at refined_at
  };

  const RefineBudgetOptions options_;
  std::map<TrackId, Memory> tracks_;
};

}  // namespace spotter::perceive
