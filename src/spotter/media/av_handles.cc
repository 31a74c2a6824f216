// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/av_handles.h"

#include <array>

#include "spotter/base/check.h"

namespace spotter::media {

AvFramePtr NewAvFrame() {
  AvFramePtr frame(av_frame_alloc());
  SPOTTER_CHECK(frame != nullptr);
  return frame;
}

AvPacketPtr NewAvPacket() {
  AvPacketPtr packet(av_packet_alloc());
  SPOTTER_CHECK(packet != nullptr);
  return packet;
}

std::string AvErrorText(int code) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(code, text.data(), text.size());
  return text.data();
}

void QuietLibav() {
  static const bool done = [] {
    av_log_set_level(AV_LOG_QUIET);
    return true;
  }();
  static_cast<void>(done);
}

std::optional<std::chrono::microseconds> ToMicroseconds(std::int64_t value, AVRational time_base) {
  if (value == AV_NOPTS_VALUE) return std::nullopt;
  return std::chrono::microseconds(av_rescale_q(value, time_base, AVRational{1, 1'000'000}));
}

}  // namespace spotter::media
