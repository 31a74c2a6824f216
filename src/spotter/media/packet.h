// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

struct AVPacket;

namespace spotter::media {

// Seconds per unit of a stream's time stamps, as a fraction.
struct TimeBase {
  int numerator = 1;
  int denominator = 1'000'000;
  bool operator==(const TimeBase&) const = default;
};

// What a packet is made of, as plain values: the form in which it is kept in a file.
struct PacketParts {
  std::optional<std::int64_t> pts;  // in units of the time base
  std::optional<std::int64_t> dts;
  std::int64_t duration = 0;  // 0 = unknown
  bool is_keyframe = false;
  bool is_corrupt = false;
  TimeBase time_base;
  std::span<const std::byte> data;
};

// One encoded picture of the video stream as the demuxer gave it. A cheap value: copies share the encoded bytes, which
// never change, so that a ring of packets, a decoder and a clip writer can hold the same one. Any thread may read it.
class Packet {
 public:
  // REQUIRES: packet != nullptr and packet->time_base is set
  explicit Packet(std::shared_ptr<const AVPacket> packet) : packet_(std::move(packet)) {}
  // Copies the data.
  static Packet FromParts(const PacketParts& parts);
  // `data` points into this packet.
  PacketParts parts() const;

  // Times of the stream's own clock, which may start anywhere; nullopt when the stream does not say.
  std::optional<std::chrono::microseconds> pts() const;
  std::optional<std::chrono::microseconds> dts() const;
  // The time stamp that its picture has when it comes out of the decoder: the pts, else the dts.
  std::optional<std::chrono::microseconds> shown_at() const { return pts() ? pts() : dts(); }
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
