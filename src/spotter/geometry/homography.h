// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "spotter/geometry/box.h"
#include "spotter/geometry/polygon.h"

namespace spotter {

// A projective map of the plane, a 3x3 matrix of rows; named `target_from_source` (floor_from_image: pixels -> metres).
// Hartley & Zisserman, "Multiple View Geometry", 2.3.
class Homography {
 public:
  using Matrix = std::array<std::array<double, 3>, 3>;

  explicit Homography(const Matrix& target_from_source) : m_(target_from_source) {}

  // None for points on or beyond the horizon: those on the other side of the line that maps to infinity than
  // `visible_side`, a source point that is known to have an image (for a camera, the middle of the picture's lower
  // edge).
  std::optional<Point> Map(Point source, Point visible_side) const;
  // The image of a polygon without what lies on or beyond the horizon, cut off as by Sutherland & Hodgman, "Reentrant
  // Polygon Clipping" (1974). Fewer than three corners: none of it is visible.
  Polygon Map(const Polygon& source, Point visible_side) const;

  // The way back. REQUIRES: the matrix can be inverted
  Homography Inverse() const;

 private:
  double Depth(Point p) const { return m_[2][0] * p.x + m_[2][1] * p.y + m_[2][2]; }

  Matrix m_;
};

}  // namespace spotter
