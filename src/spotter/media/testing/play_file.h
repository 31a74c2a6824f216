// SPDX-License-Identifier: Apache-2.0
// What is in a video file, for tests. Not part of the product.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace spotter::media::testing {

struct ShownPicture {
  std::chrono::microseconds time{0};
  std::uint32_t checksum = 0;  // of its brightness, pixel by pixel
  bool operator==(const ShownPicture&) const = default;
};

// Every picture that a player shows, in order, at its time.
std::vector<ShownPicture> PlayFile(const std::string& path);

struct StoredPacket {
  std::string data;
  std::chrono::microseconds pts{0};
  bool is_keyframe = false;
};

// Every packet of the video in decoding order, also those that an edit list hides.
std::vector<StoredPacket> ReadPackets(const std::string& path);

}  // namespace spotter::media::testing
