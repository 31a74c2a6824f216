// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "spotter/core/frame.h"
#include "spotter/geometry/box.h"

namespace spotter::background {

// A small black-and-white look: brightness 0..255, row by row.
struct GreyPicture {
  Pts pts{0};  // stream time of the camera
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;

  std::size_t IndexOf(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  }
};

// The frame's brightness, at most 320 pixels wide; each pixel is the mean of a block of the frame's.
GreyPicture ToGrey(const Frame& frame, Pts pts);

// Pixels [x0, x1) x [y0, y1), inside of a picture.
struct PixelArea {
  int x0 = 0;
  int y0 = 0;
  int x1 = 0;
  int y1 = 0;

  bool Contains(int x, int y) const { return x >= x0 && x < x1 && y >= y0 && y < y1; }
};

// The whole pixels of `picture` that a box touches, in pixels and in fractions of the picture.
PixelArea AreaOfPixels(const GreyPicture& picture, const Box& pixels);
PixelArea AreaOf(const GreyPicture& picture, const Box& fractions);

// The box with `share` of its width and height more on each side.
Box Grown(const Box& box, float share);

}  // namespace spotter::background
