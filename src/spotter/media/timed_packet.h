// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/packet.h"

namespace spotter::media {

// One session with a source: packets that share it share a clock, a decoder and its parameters.
using StreamPtr = std::shared_ptr<const VideoStream>;

// A packet as it came from the demuxer.
struct StreamPacket {
  StreamPtr stream;
  Packet packet;
};

// A picture came out of the decoder and got its times. Pictures come in the order in which they are shown.
struct PictureTime {
  StreamPtr stream;
  std::chrono::microseconds timestamp;  // the stream's own clock, as in the picture's packet
  Pts pts;
  UtcTime captured_at;
};

// What is remembered of a stream, in the order in which it happened.
using StreamEntry = std::variant<StreamPacket, PictureTime>;

// A packet with the times of its picture.
struct TimedPacket {
  StreamPtr stream;
  Packet packet;
  Pts pts;
  UtcTime captured_at;
  bool is_decoded = false;  // the picture came out of the decoder; else its times are reckoned
};

// Gives each packet the times of its own picture. One whose picture never came out of the decoder (damaged, or not yet
// decoded) gets them from its time stamp and the nearest picture before it, else after it, of the same session; a
// session without any picture is left out. Order is kept.
std::vector<TimedPacket> ResolveTimes(std::span<const StreamEntry> entries);

}  // namespace spotter::media
