// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/base/time.h"

namespace spotter::pipeline {

// Chooses the frames that are analysed: the fewest, evenly spaced, that make at least `rate_hz` a second; all of a
// slower source's. Of 30 a second at 10 every third, of 25 every second, of 15 all: the next frame's time is foreseen
// from the last interval. Looks at stream time alone, so the same stream gives the same choice. One source, one thread.
class AnalysisPacer {
 public:
  // REQUIRES: rate_hz > 0
  explicit AnalysisPacer(double rate_hz);

  // Whether this frame is due. Call for each frame in the order of the stream.
  bool IsDue(Pts pts);

 private:
  const std::chrono::microseconds longest_gap_;
  std::optional<Pts> previous_;  // frame
  std::optional<Pts> due_at_;    // the last one that was due
};

}  // namespace spotter::pipeline
