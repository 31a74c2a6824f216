// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "spotter/base/time.h"

namespace spotter {

// How YUV maps to RGB.
enum class ColorMatrix { kBt601, kBt709 };

// A decoded picture, upright (rotation metadata already applied), 8-bit planar YUV 4:2:0. Immutable once made and
// shared by `std::shared_ptr<const Frame>`; any thread may read it. Pixels stay inside one camera worker.
struct Frame {
  struct Plane {
    const std::uint8_t* data = nullptr;
    int stride = 0;  // bytes from one row to the next
  };

  Pts pts{0};
  std::optional<UtcTime> captured_at;
  int width = 0;  // pixels of the Y plane; U and V are (width + 1) / 2 x (height + 1) / 2
  int height = 0;
  std::array<Plane, 3> planes{};
  ColorMatrix color_matrix = ColorMatrix::kBt601;
  bool full_range = false;              // Y 0..255 instead of 16..235
  std::shared_ptr<const void> storage;  // keeps the planes alive
};

using FramePtr = std::shared_ptr<const Frame>;

}  // namespace spotter
