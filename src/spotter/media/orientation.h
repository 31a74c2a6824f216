// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace spotter::media {

// How a stored picture becomes upright: one of the eight ways to lay a rectangle down. With `transpose`, the upright
// pixel (x, y) is the stored pixel (y, x); the flips then mirror the stored picture's columns and rows.
struct Orientation {
  bool transpose = false;
  bool flip_x = false;  // stored columns run from right to left
  bool flip_y = false;  // stored rows run from bottom to top

  bool is_identity() const { return !transpose && !flip_x && !flip_y; }
  bool operator==(const Orientation&) const = default;
};

// From the nine 16.16 fixed-point numbers of a container's display matrix (ISO/IEC 14496-12, 8.3.2.3), rounded to the
// nearest quarter turn or mirror image.
Orientation OrientationFromDisplayMatrix(std::span<const std::int32_t, 9> matrix);

// The display matrix that says it (up to a shift, which players ignore).
std::array<std::int32_t, 9> DisplayMatrixOf(const Orientation& orientation);

// One plane of 8-bit samples as it is stored.
struct StoredPlane {
  const std::uint8_t* data = nullptr;
  int stride = 0;  // bytes from one row to the next
  int width = 0;
  int height = 0;
};

// Writes the upright plane: width x height, or height x width when `orientation` transposes. `target_stride` in bytes.
void RotatePlane(const StoredPlane& source,
                 const Orientation& orientation,
                 std::uint8_t* target,
                 std::ptrdiff_t target_stride);

}  // namespace spotter::media
