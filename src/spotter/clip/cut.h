// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/clip.h"
#include "spotter/media/remuxer.h"
#include "spotter/media/timed_packet.h"

namespace spotter::clip {

// Which packets make up a clip, and what it shows.
struct Cut {
  std::span<const media::TimedPacket> packets;  // in decoding order, from a keyframe
  ClipSpan span;
  std::vector<ClipGap> gaps;
};

// Chooses the packets of `request` among those of its camera (decoding order, as ResolveTimes gives them). The clip
// starts with the picture that is shown at `from`, the last one at or before it, and ends where the first one at or
// after `to` begins: exact to a picture. It goes back to the last keyframe before its start. What is not there is named
// as a gap; `end_reason` says why packets end before `to`. Fails with the reason when nothing of the time asked for is
// there. `packets` outlives the result.
Result<Cut> MakeCut(const RecordClip& request,
                    std::span<const media::TimedPacket> packets,
                    const std::string& end_reason);

}  // namespace spotter::clip
