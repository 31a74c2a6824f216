// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/crop.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "spotter/base/check.h"
#include "spotter/media/halve.h"
#include "spotter/perceive/color.h"

namespace spotter::perceive {
namespace {

constexpr int kFractionBits = 16;  // positions are 15.16 fixed point
constexpr int kWeightBits = 8;

int Fixed(double value) { return static_cast<int>(std::lround(value * (1 << kFractionBits))); }

// A straight walk over a plane, where one row of the crop is sampled.
struct Walk {
  int x = 0;
  int y = 0;
  int step_x = 0;
  int step_y = 0;

  // Frame pixels to pixels of a plane that is 2^halvings times smaller; pixel centres are whole numbers in both.
  static Walk On(Point start, Point step, int halvings) {
    const double shrink = 1.0 / (1 << halvings);
    return {Fixed((start.x + 0.5) * shrink - 0.5), Fixed((start.y + 0.5) * shrink - 0.5), Fixed(step.x * shrink),
            Fixed(step.y * shrink)};
  }
  void Next() {
    x += step_x;
    y += step_y;
  }
  Walk After(int steps) const { return {x + steps * step_x, y + steps * step_y, step_x, step_y}; }
};

// Linear interpolation. REQUIRES: the position and its right and lower neighbours are in the plane
int SampleInside(const FramePyramid::Level& level, int fx, int fy) {
  const int wx = (fx >> (kFractionBits - kWeightBits)) & 0xFF;
  const int wy = (fy >> (kFractionBits - kWeightBits)) & 0xFF;
  const std::ptrdiff_t stride = level.plane.stride;
  const std::uint8_t* upper = level.plane.data + (fy >> kFractionBits) * stride + (fx >> kFractionBits);
  const std::uint8_t* lower = upper + stride;
  const int a = upper[0] * (256 - wx) + upper[1] * wx;
  const int b = lower[0] * (256 - wx) + lower[1] * wx;
  return (a * (256 - wy) + b * wy + (1 << 15)) >> 16;
}

// The same for any position: outside, the edge goes on.
int SampleAnywhere(const FramePyramid::Level& level, const Walk& at) {
  const int x = std::clamp(at.x, 0, (level.size.width - 1) << kFractionBits);
  const int y = std::clamp(at.y, 0, (level.size.height - 1) << kFractionBits);
  const auto pixel = [&](int px, int py) -> int {
    return level.plane.data[static_cast<std::ptrdiff_t>(std::min(py, level.size.height - 1)) * level.plane.stride +
                            std::min(px, level.size.width - 1)];
  };
  const int x0 = x >> kFractionBits;
  const int y0 = y >> kFractionBits;
  const int wx = (x >> (kFractionBits - kWeightBits)) & 0xFF;
  const int wy = (y >> (kFractionBits - kWeightBits)) & 0xFF;
  const int a = pixel(x0, y0) * (256 - wx) + pixel(x0 + 1, y0) * wx;
  const int b = pixel(x0, y0 + 1) * (256 - wx) + pixel(x0 + 1, y0 + 1) * wx;
  return (a * (256 - wy) + b * wy + (1 << 15)) >> 16;
}

bool HasNeighbours(const Walk& at, Size size) {
  return at.x >= 0 && at.y >= 0 && at.x < (size.width - 1) << kFractionBits &&
         at.y < (size.height - 1) << kFractionBits;
}

// On the frame, half a pixel around the outermost centres included.
bool IsOnFrame(const Walk& at, Size size) {
  constexpr int kHalf = 1 << (kFractionBits - 1);
  return at.x >= -kHalf && at.y >= -kHalf && at.x < (size.width << kFractionBits) - kHalf &&
         at.y < (size.height << kFractionBits) - kHalf;
}

// The three planes that a crop is sampled from.
struct Source {
  FramePyramid::Level luma;
  FramePyramid::Level blue;
  FramePyramid::Level red;
  YuvToRgb convert;
};

void SampleRow(const Source& source, Walk luma, Walk chroma, std::span<std::uint8_t> rgb) {
  const int last = static_cast<int>(rgb.size() / 3) - 1;
  // A straight line is inside a rectangle when both its ends are.
  const bool inside = HasNeighbours(luma, source.luma.size) && HasNeighbours(luma.After(last), source.luma.size) &&
                      HasNeighbours(chroma, source.blue.size) && HasNeighbours(chroma.After(last), source.blue.size);
  std::uint8_t* const end = rgb.data() + rgb.size();
  for (std::uint8_t* out = rgb.data(); out != end; out += 3, luma.Next(), chroma.Next()) {
    if (inside) {
      source.convert.Convert(SampleInside(source.luma, luma.x, luma.y), SampleInside(source.blue, chroma.x, chroma.y),
                             SampleInside(source.red, chroma.x, chroma.y), out);
    } else if (IsOnFrame(luma, source.luma.size)) {
      source.convert.Convert(SampleAnywhere(source.luma, luma), SampleAnywhere(source.blue, chroma),
                             SampleAnywhere(source.red, chroma), out);
    } else {
      std::fill_n(out, 3, std::uint8_t{0});
    }
  }
}

}  // namespace

Point CropRegion::FrameFromCrop(Point in_crop) const {
  const float c = std::cos(angle);
  const float s = std::sin(angle);
  return {center.x + radius * (in_crop.x * c - in_crop.y * s), center.y + radius * (in_crop.x * s + in_crop.y * c)};
}

FramePyramid::Level FramePyramid::Get(int plane, int halvings) {
  const int shift = plane > 0 ? 1 : 0;  // chroma has half the size
  const Level whole{frame_.planes[plane], {(frame_.width + shift) >> shift, (frame_.height + shift) >> shift}};
  auto& halved = halved_[plane];
  while (static_cast<int>(halved.size()) < halvings) {
    const Level last = Get(plane, static_cast<int>(halved.size()));
    Halved next{{(last.size.width + 1) / 2, (last.size.height + 1) / 2}, {}};
    next.pixels.resize(static_cast<std::size_t>(next.size.width) * next.size.height);
    media::HalvePlane({last.plane.data, last.plane.stride, last.size.width, last.size.height}, next.pixels.data(),
                      next.size.width);
    halved.push_back(std::move(next));
  }
  if (halvings == 0) return whole;
  const Halved& level = halved[halvings - 1];
  return {{level.pixels.data(), level.size.width}, level.size};
}

void FillCrop(FramePyramid& pyramid, const CropRegion& region, int side, std::span<std::uint8_t> rgb) {
  SPOTTER_CHECK(rgb.size() == static_cast<std::size_t>(side) * side * 3);
  const float unit = 2.0F / static_cast<float>(side);  // crop coordinates per crop pixel
  int halvings = 0;
  while (region.radius * unit > static_cast<float>(2 << halvings)) ++halvings;
  const int chroma_halvings = std::max(0, halvings - 1);  // chroma has half the size already
  const Source source{pyramid.Get(0, halvings), pyramid.Get(1, chroma_halvings), pyramid.Get(2, chroma_halvings),
                      YuvToRgb(pyramid.frame().color_matrix, pyramid.frame().full_range)};
  const Point step = region.FrameFromCrop({unit, 0}) - region.FrameFromCrop({0, 0});
  const std::size_t row_bytes = static_cast<std::size_t>(side) * 3;
  for (int row = 0; row < side; ++row) {
    const Point start = region.FrameFromCrop({-1, static_cast<float>(row) * unit - 1});
    SampleRow(source, Walk::On(start, step, halvings), Walk::On(start, step, chroma_halvings + 1),
              rgb.subspan(row * row_bytes, row_bytes));
  }
}

}  // namespace spotter::perceive
