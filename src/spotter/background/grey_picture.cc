// SPDX-License-Identifier: Apache-2.0
#include "spotter/background/grey_picture.h"

#include <algorithm>
#include <cmath>

namespace spotter::background {
namespace {

constexpr int kLargestWidth = 320;  // pixels

}  // namespace

GreyPicture ToGrey(const Frame& frame, Pts pts) {
  const int block = std::max(1, (frame.width + kLargestWidth - 1) / kLargestWidth);
  GreyPicture grey = {.pts = pts, .width = frame.width / block, .height = frame.height / block, .pixels = {}};
  grey.pixels.reserve(static_cast<std::size_t>(grey.width) * static_cast<std::size_t>(grey.height));
  const Frame::Plane& plane = frame.planes[0];
  for (int y = 0; y < grey.height; ++y) {
    for (int x = 0; x < grey.width; ++x) {
      int sum = 0;
      for (int row = y * block; row < (y + 1) * block; ++row) {
        const std::uint8_t* pixels = plane.data + std::ptrdiff_t{plane.stride} * row + std::ptrdiff_t{x} * block;
        for (int i = 0; i < block; ++i) sum += pixels[i];
      }
      grey.pixels.push_back(static_cast<std::uint8_t>(sum / (block * block)));
    }
  }
  return grey;
}

PixelArea AreaOfPixels(const GreyPicture& picture, const Box& pixels) {
  // fmax makes 0 of what is no number.
  const auto within = [](float value, int end) {
    return static_cast<int>(std::fmin(std::fmax(value, 0.0F), static_cast<float>(end)));
  };
  const auto column = [&](float x) { return within(x, picture.width); };
  const auto row = [&](float y) { return within(y, picture.height); };
  return {.x0 = column(std::floor(pixels.x0)),
          .y0 = row(std::floor(pixels.y0)),
          .x1 = column(std::ceil(pixels.x1)),
          .y1 = row(std::ceil(pixels.y1))};
}

PixelArea AreaOf(const GreyPicture& picture, const Box& fractions) {
  const auto width = static_cast<float>(picture.width);
  const auto height = static_cast<float>(picture.height);
  return AreaOfPixels(picture,
                      {width * fractions.x0, height * fractions.y0, width * fractions.x1, height * fractions.y1});
}

Box Grown(const Box& box, float share) {
  const float x = share * box.width();
  const float y = share * box.height();
  return {box.x0 - x, box.y0 - y, box.x1 + x, box.y1 + y};
}

}  // namespace spotter::background
