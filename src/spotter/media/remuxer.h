// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/media/timed_packet.h"

namespace spotter::media {

// What a player shows of the packets: [start, end) of stream time. `start` is the time of a picture.
struct Presentation {
  Pts start{0};
  Pts end{0};
};

struct RemuxOptions {
  std::string path;  // .mp4
  Presentation presentation;
  std::optional<UtcTime> creation_time;
};

// Why packets of this codec cannot be stored in an MP4 file; nullopt = they can.
std::optional<std::string> WhyNoMp4(const VideoStream& stream);

// Whether today's browsers play an MP4 file with this codec: H.264 with 8-bit 4:2:0, VP9, AV1.
bool PlaysInBrowsers(const VideoStream& stream);

// Writes the packets, bit by bit as they are, to an MP4 file with its index in front; an edit list makes players show
// the presentation only. The file is written as PATH.part and gets its name when it is whole. The packets are in
// decoding order, begin with a keyframe shown at or before the start, and have the same codec parameters throughout.
// H.265 is tagged hvc1, as browsers want it.
Result<void> Remux(const RemuxOptions& options, std::span<const TimedPacket> packets);

}  // namespace spotter::media
