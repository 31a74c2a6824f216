// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/packet.h"

#include "spotter/media/av_handles.h"

namespace spotter::media {

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
