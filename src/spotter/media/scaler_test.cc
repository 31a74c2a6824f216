// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/scaler.h"

#include <array>
#include <cstdlib>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/media/halve.h"

namespace spotter::media {
namespace {

std::size_t Index(int x, int y, int stride) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(stride) + static_cast<std::size_t>(x);
}

// A frame whose planes hold `value(plane, x, y)`.
template <typename Value>
Frame MakeFrame(int width, int height, Value value) {
  auto memory = std::make_shared<std::array<std::vector<std::uint8_t>, 3>>();
  Frame frame;
  frame.width = width;
  frame.height = height;
  for (std::size_t i = 0; i < 3; ++i) {
    const int w = i == 0 ? width : (width + 1) / 2;
    const int h = i == 0 ? height : (height + 1) / 2;
    const int stride = w + 5;
    (*memory)[i].assign(static_cast<std::size_t>(stride) * static_cast<std::size_t>(h), 0);
    for (int y = 0; y < h; ++y) {
      for (int x = 0; x < w; ++x) (*memory)[i][Index(x, y, stride)] = value(i, x, y);
    }
    frame.planes[i] = {(*memory)[i].data(), stride};
  }
  frame.storage = memory;
  return frame;
}

Frame Uniform(int width, int height, std::array<int, 3> yuv) {
  return MakeFrame(width, height, [=](std::size_t i, int, int) { return static_cast<std::uint8_t>(yuv[i]); });
}

std::array<int, 3> FirstPixel(const Frame& frame, RgbOrder order) {
  std::vector<std::uint8_t> pixels(16 * 16 * 3);
  Scaler(order).Scale(frame, {pixels.data(), 48, 16, 16});
  return {pixels[0], pixels[1], pixels[2]};
}

void ExpectNear(const std::array<int, 3>& actual, const std::array<int, 3>& expected) {
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(actual[i], expected[i], 3) << "channel " << i;
}

// Expected: ITU-R BT.601-7 and BT.709-6, 8 bit.
TEST(Scaler, FollowsMatrixRangeAndOrder) {
  Frame red601 = Uniform(32, 32, {81, 90, 240});
  ExpectNear(FirstPixel(red601, RgbOrder::kRgb), {255, 0, 0});
  ExpectNear(FirstPixel(red601, RgbOrder::kBgr), {0, 0, 255});
  Frame red709 = Uniform(32, 32, {63, 102, 240});
  red709.color_matrix = ColorMatrix::kBt709;
  ExpectNear(FirstPixel(red709, RgbOrder::kRgb), {255, 0, 0});
  Frame grey = Uniform(32, 32, {16, 128, 128});
  ExpectNear(FirstPixel(grey, RgbOrder::kRgb), {0, 0, 0});
  grey.full_range = true;
  ExpectNear(FirstPixel(grey, RgbOrder::kRgb), {16, 16, 16});
}

TEST(Scaler, ShrinkingAveragesTheAreaAndKeepsPlaces) {
  // Fine stripes become even grey; the left half is darker than the right one.
  for (const int width : {1920, 1768, 963}) {
    const Frame frame = MakeFrame(width, width / 2, [&](std::size_t i, int x, int) {
      if (i > 0) return std::uint8_t{128};
      return static_cast<std::uint8_t>((x < width / 2 ? 60 : 160) + (x % 2 == 0 ? 30 : -30));
    });
    constexpr int kWidth = 240;
    constexpr int kHeight = 120;
    std::vector<std::uint8_t> pixels(kWidth * kHeight * 3);
    Scaler(RgbOrder::kRgb).Scale(frame, {pixels.data(), kWidth * 3, kWidth, kHeight});
    const auto at = [&](int x, int y) { return int{pixels[Index(3 * x, y, 3 * kWidth)]}; };
    for (const int y : {0, 60, 119}) {
      for (const int x : {1, 60, 117}) EXPECT_NEAR(at(x, y), 51, 6) << width << " " << x << " " << y;
      for (const int x : {122, 180, 238}) EXPECT_NEAR(at(x, y), 168, 6) << width << " " << x << " " << y;
    }
  }
}

TEST(Scaler, WritesNothingOutsideItsRegion) {
  constexpr int kStride = 700;
  constexpr int kRows = 30;
  Scaler scaler(RgbOrder::kRgb);
  for (int width = 1; width <= 200; ++width) {
    for (const bool same_size : {true, false}) {
      const Frame frame = same_size ? Uniform(width, 20, {200, 128, 128}) : Uniform(640, 360, {200, 128, 128});
      std::vector<std::uint8_t> canvas(kStride * kRows, 7);
      scaler.Scale(frame, {canvas.data() + kStride * 5 + 30, kStride, width, 20});
      for (int y = 0; y < kRows; ++y) {
        for (int x = 0; x < kStride; ++x) {
          const bool inside = y >= 5 && y < 25 && x >= 30 && x < 30 + width * 3;
          ASSERT_EQ(canvas[Index(x, y, kStride)] == 7, !inside) << width << ": " << x << " " << y;
        }
      }
    }
  }
}

TEST(HalvePlane, IsTheRoundedMeanOfFourAlsoAtOddEdges) {
  constexpr int kWidth = 75;
  constexpr int kHeight = 7;
  std::vector<std::uint8_t> plane(kWidth * kHeight);
  for (std::uint8_t& sample : plane) sample = static_cast<std::uint8_t>(std::rand());
  std::vector<std::uint8_t> half(38 * 4);
  HalvePlane({plane.data(), kWidth, kWidth, kHeight}, half.data(), 38);
  const auto at = [&](int x, int y) {
    return int{plane[Index(std::min(x, kWidth - 1), std::min(y, kHeight - 1), kWidth)]};
  };
  for (int y = 0; y < 4; ++y) {
    for (int x = 0; x < 38; ++x) {
      const int sum = at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1);
      ASSERT_EQ(int{half[Index(x, y, 38)]}, (sum + 2) / 4) << x << " " << y;
    }
  }
}

}  // namespace
}  // namespace spotter::media
