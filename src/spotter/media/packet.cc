// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/packet.h"

#include <algorithm>

#include "spotter/base/check.h"
#include "spotter/media/av_handles.h"

namespace spotter::media {
namespace {

std::optional<std::int64_t> Known(std::int64_t time) {
  return time == AV_NOPTS_VALUE ? std::nullopt : std::optional(time);
}

}  // namespace

Packet Packet::FromParts(const PacketParts& parts) {
  AvPacketPtr packet = NewAvPacket();
  SPOTTER_CHECK(av_new_packet(packet.get(), static_cast<int>(parts.data.size())) >= 0);
  std::ranges::copy(parts.data, reinterpret_cast<std::byte*>(packet->data));
  packet->pts = parts.pts.value_or(AV_NOPTS_VALUE);
  packet->dts = parts.dts.value_or(AV_NOPTS_VALUE);
  packet->duration = parts.duration;
  packet->flags = (parts.is_keyframe ? AV_PKT_FLAG_KEY : 0) | (parts.is_corrupt ? AV_PKT_FLAG_CORRUPT : 0);
  packet->time_base = {parts.time_base.numerator, parts.time_base.denominator};
  return Packet(std::shared_ptr<const AVPacket>(std::move(packet)));
}

PacketParts Packet::parts() const {
  return {.pts = Known(packet_->pts),
          .dts = Known(packet_->dts),
          .duration = packet_->duration,
          .is_keyframe = is_keyframe(),
          .is_corrupt = is_corrupt(),
          .time_base = {packet_->time_base.num, packet_->time_base.den},
          .data = std::as_bytes(std::span(packet_->data, size()))};
}

std::optional<std::chrono::microseconds> Packet::pts() const {
  return ToMicroseconds(packet_->pts, packet_->time_base);
}
std::optional<std::chrono::microseconds> Packet::dts() const {
  return ToMicroseconds(packet_->dts, packet_->time_base);
}
bool Packet::is_keyframe() const { return (packet_->flags & AV_PKT_FLAG_KEY) != 0; }
bool Packet::is_corrupt() const { return (packet_->flags & AV_PKT_FLAG_CORRUPT) != 0; }
std::size_t Packet::size() const { return static_cast<std::size_t>(packet_->size); }

}  // namespace spotter::media
