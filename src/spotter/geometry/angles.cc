// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/angles.h"

namespace spotter {

float AngleAt(Point vertex, Point a, Point b) {
  const Point u = a - vertex;
  const Point v = b - vertex;
  // atan2 of cross and dot is exact near 0 and pi, where acos is not.
  return std::atan2(std::abs(u.x * v.y - u.y * v.x), u.x * v.x + u.y * v.y);
}

float AngleFromVertical(Point from, Point to) {
  const Point d = to - from;
  return std::atan2(std::abs(d.x), -d.y);
}

}  // namespace spotter
