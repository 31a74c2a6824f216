// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "spotter/base/time.h"

namespace spotter::ingest {

// Keeps about `fps` pictures a second of a stream that has more, by their times: evenly, whatever its own rate. One
// thread.
class FrameThinner {
 public:
  // 0 keeps all.
  explicit FrameThinner(double fps) : period_(fps > 0 ? FromSeconds(1 / fps) : Pts{0}) {}

  bool Keep(Pts pts) {
    // A picture a little before its time is the one that was meant: cameras jitter.
    if (pts < due_ - period_ / 4) return false;
    due_ = std::max(due_ + period_, pts + period_ / 2);
    return true;
  }

 private:
  const Pts period_;
  Pts due_{0};
};

}  // namespace spotter::ingest
