// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

#include "spotter/base/time.h"

namespace spotter::ingest {

// The two clocks of the computer, read together when a picture arrives.
struct ArrivalTime {
  UtcTime utc;                       // may be set by hand or NTP
  std::chrono::microseconds steady;  // never steps
};

// Maps the stream time of one live camera to UTC. The first picture anchors the mapping; then it follows the computer's
// clock by at most 500 ppm, which evens out both the network's jitter and the drift of the camera's own clock. When the
// computer's clock itself is stepped forward (a box without a battery that learns the time), the mapping steps with it;
// when it is stepped back, UTC runs at half speed until it is right again: it never goes backwards. One thread.
class CaptureClock {
 public:
  // `pts` increases from call to call.
  UtcTime Map(Pts pts, const ArrivalTime& arrival);

 private:
  void FollowStep(std::chrono::microseconds step);

  std::optional<UtcTime> zero_;  // UTC of pts 0
  Pts last_pts_{0};
  ArrivalTime last_arrival_{};
  bool is_ahead_ = false;  // the computer's clock was stepped back
};

}  // namespace spotter::ingest
