// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/thumbnail.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "spotter/media/decoder.h"
#include "spotter/media/frame_converter.h"
#include "spotter/media/jpeg.h"

namespace spotter::clip {
namespace {

using media::TimedPacket;

constexpr int kWidth = 640;  // pixels; enough for a list of events

// What has to be decoded to get one picture, and when that is shown on the stream's own clock.
struct Wanted {
  std::span<const TimedPacket> packets;
  std::chrono::microseconds timestamp;
};

Wanted Choose(const Cut& cut, Pts at) {
  const auto is_shown = [&](const TimedPacket& p) { return p.pts >= cut.span.start && p.pts < cut.span.end; };
  const TimedPacket* keyframe = nullptr;
  const TimedPacket* picture = &cut.packets.front();
  for (const TimedPacket& packet : cut.packets) {
    if (!is_shown(packet)) continue;
    const auto is_nearer = [&](const TimedPacket* than) {
      return than == nullptr || !is_shown(*than) || abs(packet.pts - at) < abs(than->pts - at);
    };
    if (packet.packet.is_keyframe() && is_nearer(keyframe)) keyframe = &packet;
    if (is_nearer(picture)) picture = &packet;
  }
  const auto timestamp_of = [](const TimedPacket* packet) { return *packet->packet.shown_at(); };
  if (keyframe != nullptr) return {{keyframe, keyframe + 1}, timestamp_of(keyframe)};
  return {cut.packets, timestamp_of(picture)};
}

// The picture with this time stamp, else the last one before it.
std::optional<media::DecodedPicture> Decode(media::Decoder& decoder, const Wanted& wanted) {
  std::optional<media::DecodedPicture> found;
  const auto receive = [&] {
    while (std::optional<media::DecodedPicture> picture = decoder.Receive()) {
      if (!found || (picture->timestamp && *picture->timestamp <= wanted.timestamp)) found = std::move(picture);
    }
    return found && found->timestamp == wanted.timestamp;
  };
  for (const TimedPacket& packet : wanted.packets) {
    decoder.Send(packet.packet);
    if (receive()) return found;
  }
  decoder.SendEnd();
  receive();
  return found;
}

}  // namespace

Result<void> WriteThumbnail(const std::string& path, const Cut& cut, Pts at) {
  const media::VideoStream& stream = *cut.packets.front().stream;
  const Wanted wanted = Choose(cut, at);
  Result<std::unique_ptr<media::Decoder>> decoder = media::Decoder::Create(stream, {.threads = 1});
  if (!decoder.ok()) return decoder.error();
  const std::optional<media::DecodedPicture> picture = Decode(**decoder, wanted);
  if (!picture) return MakeError(ErrorCode::kUnreadable, "no picture of the clip can be decoded");
  const Result<Frame> frame = media::FrameConverter(stream.orientation).Convert(*picture);
  if (!frame.ok()) return frame.error();
  return media::WriteJpeg(path, *frame, kWidth);
}

}  // namespace spotter::clip
