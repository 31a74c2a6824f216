// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "spotter/core/frame.h"

namespace spotter::perceive::testing {

using Chroma = std::array<int, 2>;  // U and V

// A frame painted pixel by pixel; `chroma` is asked for the pixels of the half-size planes. Full range, so that a Y of
// neutral chroma is RGB (Y, Y, Y).
inline Frame PaintedFrame(int width,
                          int height,
                          const std::function<int(int x, int y)>& luma,
                          const std::function<Chroma(int x, int y)>& chroma) {
  auto planes = std::make_shared<std::array<std::vector<std::uint8_t>, 3>>();
  const int half_width = (width + 1) / 2;
  const int half_height = (height + 1) / 2;
  // Scalers may read a little behind the last pixel of a row.
  (*planes)[0].resize(static_cast<std::size_t>(width) * height + 64);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x)
      (*planes)[0][static_cast<std::size_t>(y) * width + x] = static_cast<std::uint8_t>(luma(x, y));
  }
  for (std::size_t c = 0; c < 2; ++c) {
    (*planes)[c + 1].resize(static_cast<std::size_t>(half_width) * half_height + 64);
    for (int y = 0; y < half_height; ++y) {
      for (int x = 0; x < half_width; ++x) {
        (*planes)[c + 1][static_cast<std::size_t>(y) * half_width + x] = static_cast<std::uint8_t>(chroma(x, y)[c]);
      }
    }
  }
  Frame frame;
  frame.width = width;
  frame.height = height;
  frame.full_range = true;
  frame.planes = {
      Frame::Plane{(*planes)[0].data(), width}, {(*planes)[1].data(), half_width}, {(*planes)[2].data(), half_width}};
  frame.storage = planes;
  return frame;
}

// One chroma everywhere, neutral unless given.
inline Frame PaintedFrame(int width,
                          int height,
                          const std::function<int(int x, int y)>& luma,
                          Chroma chroma = {128, 128}) {
  return PaintedFrame(width, height, luma, [chroma](int, int) { return chroma; });
}

}  // namespace spotter::perceive::testing
