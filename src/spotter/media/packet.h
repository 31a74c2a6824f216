// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

struct AVPacket;

namespace spotter::media {

// One encoded picture of the video stream as the demuxer gave it. A cheap value: copies share the encoded bytes, which
// never change, so that a ring of packets, a decoder and a clip writer can hold the same one. Any thread may read it.
class Packet {
 public:
  // REQUIRES: packet != nullptr and packet->time_base is set
  explicit Packet(std::shared_ptr<const AVPacket> packet) : packet_(std::move(packet)) {}

  // Times of the stream's own clock, which may start anywhere; nullopt when the stream does not say.
  std::optional<std::chrono::microseconds> pts() const;
  std::optional<std::chrono::microseconds> dts() const;
  // Decoding can start here.
  bool is_keyframe() const;
  // The demuxer knows that bytes are missing or wrong.
  bool is_corrupt() const;
  std::size_t size() const;  // bytes

  const AVPacket& av() const { return *packet_; }

 private:
  std::shared_ptr<const AVPacket> packet_;
};

}  // namespace spotter::media
