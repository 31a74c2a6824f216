// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/orientation.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>

namespace spotter::media {
namespace {

static_assert(std::endian::native == std::endian::little, "Transpose8x8 reads rows as little-endian words");

constexpr int kTile = 8;
using Tile = std::array<std::uint64_t, kTile>;

// Swaps the blocks of `bits` bits beside the diagonal of rows a (above) and b (below).
inline void SwapBlocks(std::uint64_t& a, std::uint64_t& b, int bits, std::uint64_t low_mask) {
  const std::uint64_t difference = ((a >> bits) ^ b) & low_mask;
  a ^= difference << bits;
  b ^= difference;
}

// Transposes 8 x 8 bytes, one row a word, in three rounds of block swaps (Warren, Hacker's Delight, 7-3).
inline void Transpose8x8(Tile& rows) {
  for (std::size_t i = 0; i < 4; ++i) SwapBlocks(rows[i], rows[i + 4], 32, 0x00000000FFFFFFFFULL);
  for (const std::size_t i : {0U, 1U, 4U, 5U}) SwapBlocks(rows[i], rows[i + 2], 16, 0x0000FFFF0000FFFFULL);
  for (const std::size_t i : {0U, 2U, 4U, 6U}) SwapBlocks(rows[i], rows[i + 1], 8, 0x00FF00FF00FF00FFULL);
}

// A walk over stored samples in upright order: upright (x, y) lies at base + x * step_x + y * step_y.
struct Walk {
  const std::uint8_t* base = nullptr;
  std::ptrdiff_t step_x = 0;
  std::ptrdiff_t step_y = 0;
};

Walk WalkUpright(const StoredPlane& source, const Orientation& orientation) {
  const std::ptrdiff_t column = orientation.flip_x ? -1 : 1;
  const std::ptrdiff_t row = orientation.flip_y ? -std::ptrdiff_t{source.stride} : std::ptrdiff_t{source.stride};
  Walk walk;
  walk.base = source.data + (orientation.flip_x ? source.width - 1 : 0) +
              (orientation.flip_y ? std::ptrdiff_t{source.stride} * (source.height - 1) : 0);
  walk.step_x = orientation.transpose ? row : column;
  walk.step_y = orientation.transpose ? column : row;
  return walk;
}

// Where the upright samples go.
struct UprightPlane {
  std::uint8_t* Row(int y) const { return data + y * stride; }

  std::uint8_t* data = nullptr;
  std::ptrdiff_t stride = 0;
  int width = 0;
  int height = 0;
};

// One sample after the other, from column `x` to the end of row `y`: the edges that fill no whole tile.
void CopySamples(const Walk& walk, const UprightPlane& target, int x, int y) {
  std::uint8_t* row = target.Row(y);
  for (; x < target.width; ++x) row[x] = walk.base[x * walk.step_x + y * walk.step_y];
}

// A tile of a transposed plane. Stored rows run along upright columns, so each of the eight is one load; a column that
// runs backwards is loaded from its far end and reversed.
void CopyTransposedTile(const Walk& walk, const UprightPlane& target, int x, int y) {
  Tile rows;
  const bool backwards = walk.step_y < 0;
  for (int i = 0; i < kTile; ++i) {
    const std::uint8_t* from = walk.base + (x + i) * walk.step_x + (y + (backwards ? kTile - 1 : 0)) * walk.step_y;
    std::uint64_t word = 0;
    std::memcpy(&word, from, sizeof(word));
    rows[static_cast<std::size_t>(i)] = backwards ? __builtin_bswap64(word) : word;
  }
  Transpose8x8(rows);
  for (int i = 0; i < kTile; ++i) {
    std::memcpy(target.Row(y + i) + x, &rows[static_cast<std::size_t>(i)], sizeof(std::uint64_t));
  }
}

void TransposePlane(const Walk& walk, const UprightPlane& target) {
  const int tiled_width = target.width / kTile * kTile;
  const int tiled_height = target.height / kTile * kTile;
  for (int y = 0; y < tiled_height; y += kTile) {
    for (int x = 0; x < tiled_width; x += kTile) CopyTransposedTile(walk, target, x, y);
    for (int i = y; i < y + kTile; ++i) CopySamples(walk, target, tiled_width, i);
  }
  for (int y = tiled_height; y < target.height; ++y) CopySamples(walk, target, 0, y);
}

void MirrorPlane(const Walk& walk, const UprightPlane& target) {
  for (int y = 0; y < target.height; ++y) {
    const std::uint8_t* from = walk.base + y * walk.step_y;
    if (walk.step_x > 0) {
      std::copy(from, from + target.width, target.Row(y));
    } else {
      std::reverse_copy(from - (target.width - 1), from + 1, target.Row(y));
    }
  }
}

}  // namespace

// The matrix maps stored (p, q) to upright (a p + c q, b p + d q); it is stored row by row as a b u c d v x y w.
Orientation OrientationFromDisplayMatrix(std::span<const std::int32_t, 9> matrix) {
  const auto magnitude = [](std::int32_t v) { return std::abs(static_cast<std::int64_t>(v)); };
  const std::int32_t a = matrix[0];
  const std::int32_t b = matrix[1];
  const std::int32_t c = matrix[3];
  const std::int32_t d = matrix[4];
  if (magnitude(a) + magnitude(d) >= magnitude(b) + magnitude(c)) return {false, a < 0, d < 0};
  return {true, b < 0, c < 0};
}

std::array<std::int32_t, 9> DisplayMatrixOf(const Orientation& orientation) {
  constexpr std::int32_t kOne = 1 << 16;
  constexpr std::int32_t kLastOne = 1 << 30;  // the last column counts in 2.30
  const std::int32_t p = orientation.flip_x ? -kOne : kOne;
  const std::int32_t q = orientation.flip_y ? -kOne : kOne;
  if (orientation.transpose) return {0, p, 0, q, 0, 0, 0, 0, kLastOne};
  return {p, 0, 0, 0, q, 0, 0, 0, kLastOne};
}

void RotatePlane(const StoredPlane& source,
                 const Orientation& orientation,
                 std::uint8_t* target,
                 std::ptrdiff_t target_stride) {
  const Walk walk = WalkUpright(source, orientation);
  if (orientation.transpose) {
    TransposePlane(walk, {target, target_stride, source.height, source.width});
  } else {
    MirrorPlane(walk, {target, target_stride, source.width, source.height});
  }
}

}  // namespace spotter::media
