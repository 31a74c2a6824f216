// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>

#include "spotter/exercise/joints.h"

namespace spotter::exercise {

// Cleans one person's joints with a short look-ahead and no lag: exchanges left and right limbs where the pose model
// swapped them for a moment, then replaces every joint by the trimmed mean of its neighbours in time (median, then the
// mean of what lies close to it), which removes bursts of up to two wrong frames and most of the jitter. The window is
// +-0.09 s, so at 8 frames a second it is one frame and fast repetitions keep their shape.
// One person, one owner, not thread safe.
class PoseFilter {
 public:
  // Adds the next frame; returns the frame whose neighbourhood is complete now, if any. REQUIRES: rising pts
  std::optional<Joints> Push(Joints joints);
  // At the end of the stream: the remaining frames one by one, then none.
  std::optional<Joints> Flush();
  // Forgets everything, for example after a cut.
  void Reset();

 private:
  int HalfWidth() const;
  void UndoSwaps(Joints& joints);
  Joints SmoothedAt(std::size_t center, int half) const;

  std::deque<Joints> window_;
  std::size_t next_ = 0;   // index in window_ of the next frame to give out
  double interval_s_ = 0;  // running mean frame interval
  Pts swapped_since_{-1};  // first frame of the current run of swaps; -1 = none
};

}  // namespace spotter::exercise
