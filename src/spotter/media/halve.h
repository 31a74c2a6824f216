// SPDX-License-Identifier: Apache-2.0
// Private to media/.
#pragma once

#include <cstddef>
#include <cstdint>

namespace spotter::media {

// One plane of 8-bit samples to read.
struct PlaneView {
  const std::uint8_t* data = nullptr;
  int stride = 0;  // bytes from one row to the next
  int width = 0;
  int height = 0;
};

// Writes the plane at half its size, (width + 1) / 2 x (height + 1) / 2: each sample is the rounded mean of 2 x 2; an
// odd last column or row counts double.
void HalvePlane(const PlaneView& source, std::uint8_t* target, std::ptrdiff_t target_stride);

}  // namespace spotter::media
