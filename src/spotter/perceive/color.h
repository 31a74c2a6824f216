// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "spotter/core/frame.h"

namespace spotter::perceive {

// 8-bit YUV -> RGB in 16.16 fixed point (ITU-R BT.601 and BT.709, limited or full range).
class YuvToRgb {
 public:
  YuvToRgb(ColorMatrix matrix, bool full_range) {
    const double kr = matrix == ColorMatrix::kBt709 ? 0.2126 : 0.299;
    const double kb = matrix == ColorMatrix::kBt709 ? 0.0722 : 0.114;
    const double kg = 1 - kr - kb;
    const double luma = full_range ? 1 : 255.0 / 219;
    const double chroma = full_range ? 1 : 255.0 / 224;
    y_offset_ = full_range ? 0 : 16;
    y_ = Fixed(luma);
    red_v_ = Fixed(2 * (1 - kr) * chroma);
    blue_u_ = Fixed(2 * (1 - kb) * chroma);
    green_u_ = Fixed(2 * (1 - kb) * kb / kg * chroma);
    green_v_ = Fixed(2 * (1 - kr) * kr / kg * chroma);
  }

  void Convert(int y, int u, int v, std::uint8_t* rgb) const {
    const int luma = y_ * (y - y_offset_) + kHalf;
    const int du = u - 128;
    const int dv = v - 128;
    rgb[0] = Clamp(luma + red_v_ * dv);
    rgb[1] = Clamp(luma - green_u_ * du - green_v_ * dv);
    rgb[2] = Clamp(luma + blue_u_ * du);
  }

 private:
  static constexpr int kBits = 16;
  static constexpr int kHalf = 1 << (kBits - 1);
  static int Fixed(double value) { return static_cast<int>(std::lround(value * (1 << kBits))); }
  static std::uint8_t Clamp(int value) { return static_cast<std::uint8_t>(std::clamp(value >> kBits, 0, 255)); }

  int y_offset_ = 16;
  int y_ = 0;
  int red_v_ = 0;
  int blue_u_ = 0;
  int green_u_ = 0;
  int green_v_ = 0;
};

}  // namespace spotter::perceive
