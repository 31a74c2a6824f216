// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/homography.h"

#include <cmath>

namespace spotter {

std::optional<Point> Homography::Map(Point source, Point visible_side) const {
  const double w = Depth(source);
  if (!(w * Depth(visible_side) > 0)) return std::nullopt;
  const double x = (m_[0][0] * source.x + m_[0][1] * source.y + m_[0][2]) / w;
  const double y = (m_[1][0] * source.x + m_[1][1] * source.y + m_[1][2]) / w;
  if (!std::isfinite(x) || !std::isfinite(y)) return std::nullopt;
  return Point{static_cast<float>(x), static_cast<float>(y)};
}

Polygon Homography::Map(const Polygon& source, Point visible_side) const {
  // A little before the horizon, where points are far away but not endlessly.
  constexpr double kNearest = 1e-3;
  const double reference = Depth(visible_side);
  const auto clearance = [&](Point p) { return Depth(p) / reference - kNearest; };
  Polygon image;
  const auto add = [&](Point p) {
    if (const std::optional<Point> mapped = Map(p, visible_side)) image.push_back(*mapped);
  };
  for (std::size_t i = 0; i < source.size(); ++i) {
    const Point from = source[i];
    const Point to = source[(i + 1) % source.size()];
    const double a = clearance(from);
    const double b = clearance(to);
    if (a >= 0) add(from);
    if ((a >= 0) != (b >= 0)) add(from + static_cast<float>(a / (a - b)) * (to - from));
  }
  return image;
}

Homography Homography::Inverse() const {
  const auto minor = [&](std::size_t row, std::size_t column) {
    const auto at = [&](std::size_t r, std::size_t c) { return m_[(row + r) % 3][(column + c) % 3]; };
    return at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1);  // with its sign
  };
  const double determinant = m_[0][0] * minor(0, 0) + m_[0][1] * minor(0, 1) + m_[0][2] * minor(0, 2);
  Matrix inverse{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) inverse[row][column] = minor(column, row) / determinant;
  }
  return Homography(inverse);
}

}  // namespace spotter
