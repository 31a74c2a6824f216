// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace spotter::media {

// Interleaved 8-bit BGR pixels of somebody else.
struct BgrPicture {
  const std::uint8_t* data = nullptr;
  int stride = 0;  // bytes from one row to the next
  int width = 0;
  int height = 0;
};

}  // namespace spotter::media
