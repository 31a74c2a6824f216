// SPDX-License-Identifier: Apache-2.0
// When each packet of a clip is decoded and shown in the clip's own clock. Private to media/.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "spotter/media/remuxer.h"
#include "spotter/media/timed_packet.h"

namespace spotter::media {

struct RemuxTimes {
  struct Stamp {
    std::int64_t pts = 0;  // ticks; 0 = the first picture that is shown
    std::int64_t dts = 0;  // strictly increasing, never after pts
  };
  int ticks_per_s = 0;
  std::vector<Stamp> stamps;  // one for each packet
  std::int64_t end = 0;       // ticks: the last picture is shown until here
};

// Keeps the distances of the source's own time stamps, tick by tick, where stream time follows them; elsewhere (another
// session, repaired time stamps) stream time itself counts. Decoding times are the source's when they can be used, else
// made of the pictures' times as a decoder with the smallest buffer needs them.
RemuxTimes MakeRemuxTimes(std::span<const TimedPacket> packets, const Presentation& presentation);

}  // namespace spotter::media
