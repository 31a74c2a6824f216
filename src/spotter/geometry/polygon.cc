// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/polygon.h"

#include <cstddef>

namespace spotter {

bool Contains(const Polygon& polygon, Point point) {
  bool inside = false;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i];
    const Point b = polygon[(i + 1) % polygon.size()];
    if ((a.y > point.y) == (b.y > point.y)) continue;
    const float crossing_x = a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x);
    if (point.x < crossing_x) inside = !inside;
  }
  return inside;
}

}  // namespace spotter
