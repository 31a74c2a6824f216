// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

#include "spotter/exercise/joints.h"

namespace spotter::exercise {

// The last minutes of one person's filtered joints, oldest first, bounded as FeatureHistory is. One owner, not thread
// safe.
class BodyHistory {
 public:
  // REQUIRES: rising pts
  void Push(const Joints& joints);
  void DropBefore(Pts pts);
  // The frames of a stretch, both ends included. Empty when its beginning is forgotten.
  std::vector<Joints> Between(Pts start, Pts end) const;
  const std::deque<Joints>& frames() const { return frames_; }

 private:
  std::deque<Joints> frames_;
  Pts forgotten_{-1};  // the newest frame that was dropped
};

}  // namespace spotter::exercise
