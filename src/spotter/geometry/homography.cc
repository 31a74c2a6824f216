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

}  // namespace spotter
