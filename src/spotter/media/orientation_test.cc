// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/orientation.h"

#include <array>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace spotter::media {
namespace {

constexpr std::int32_t kOne = 1 << 16;

std::array<std::int32_t, 9> Matrix(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
  return {a * kOne, b * kOne, 0, c * kOne, d * kOne, 0, 0, 0, 1 << 30};
}

// The upright plane by the definition in the header, one sample at a time.
std::vector<std::uint8_t> Expected(const StoredPlane& stored, const Orientation& turn) {
  const int width = turn.transpose ? stored.height : stored.width;
  const int height = turn.transpose ? stored.width : stored.height;
  std::vector<std::uint8_t> upright;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      int column = turn.transpose ? y : x;
      int row = turn.transpose ? x : y;
      if (turn.flip_x) column = stored.width - 1 - column;
      if (turn.flip_y) row = stored.height - 1 - row;
      upright.push_back(stored.data[row * stored.stride + column]);
    }
  }
  return upright;
}

TEST(Orientation, DisplayMatrixOfEachQuarterTurnAndMirror) {
  EXPECT_EQ(OrientationFromDisplayMatrix(Matrix(1, 0, 0, 1)), (Orientation{}));
  EXPECT_EQ(OrientationFromDisplayMatrix(Matrix(0, 1, -1, 0)), (Orientation{true, false, true}));   // 90 clockwise
  EXPECT_EQ(OrientationFromDisplayMatrix(Matrix(-1, 0, 0, -1)), (Orientation{false, true, true}));  // 180
  EXPECT_EQ(OrientationFromDisplayMatrix(Matrix(0, -1, 1, 0)), (Orientation{true, true, false}));   // 270 clockwise
  EXPECT_EQ(OrientationFromDisplayMatrix(Matrix(-1, 0, 0, 1)), (Orientation{false, true, false}));  // mirrored
}

TEST(Orientation, AllEightTurnsOfAnUnevenPlaneMoveEverySample) {
  constexpr int kWidth = 37;
  constexpr int kHeight = 21;
  constexpr int kStride = 40;
  std::vector<std::uint8_t> memory(kStride * kHeight);
  std::iota(memory.begin(), memory.end(), std::uint8_t{0});
  const StoredPlane stored = {memory.data(), kStride, kWidth, kHeight};
  for (int i = 0; i < 8; ++i) {
    const Orientation turn = {(i & 1) != 0, (i & 2) != 0, (i & 4) != 0};
    std::vector<std::uint8_t> upright(kWidth * kHeight);
    RotatePlane(stored, turn, upright.data(), turn.transpose ? kHeight : kWidth);
    EXPECT_EQ(upright, Expected(stored, turn)) << "turn " << i;
  }
}

}  // namespace
}  // namespace spotter::media
