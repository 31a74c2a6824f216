// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "spotter/core/frame.h"

namespace spotter::media {

enum class RgbOrder { kRgb, kBgr };

// Interleaved 8-bit pixels, 3 bytes each, in memory of somebody else.
struct RgbTarget {
  std::uint8_t* data = nullptr;  // top left pixel of the region to fill
  int stride = 0;                // bytes from one row to the next
  int width = 0;                 // pixels of the region
  int height = 0;
};

// Resizes frames to interleaved RGB or BGR: the input of a network, a picture to draw on. When shrinking, each pixel is
// the average of the area that it covers. Keeps its working state between frames of one size. One thread at a time; use
// one scaler per thread. An even target width is two to three times as fast as an odd one.
class Scaler {
 public:
  explicit Scaler(RgbOrder order);
  ~Scaler();

  // Fills the whole region with the whole frame. REQUIRES: both are at least 1 x 1 pixel
  void Scale(const Frame& frame, const RgbTarget& target);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace spotter::media
