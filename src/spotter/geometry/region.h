// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/geometry/polygon.h"

namespace spotter {

// An area with holes. Points and distances are in one isotropic unit (metres, pixels, frame heights).
struct Region {
  Polygon outline;
  std::vector<Polygon> holes;
  bool operator==(const Region&) const = default;
};

// Area in the square of the points' unit (shoelace formula), positive when the corners turn from x to y; of a
// self-crossing polygon it means nothing.
double SignedArea(const Polygon& polygon);
// The same without its sign.
double Area(const Polygon& polygon);

// True when two edges that are no neighbours touch or cross: such an outline encloses no definite area.
bool CrossesItself(const Polygon& polygon);

// Distance from `point` to the nearest edge of the region (outline or hole): positive inside, negative outside.
// REQUIRES: every polygon has at least 3 corners
double SignedDepth(const Region& region, Point point);

// Every corner moved by `map`, a function Point -> Point.
template <typename Map>
Region Mapped(const Region& region, const Map& map) {
  Region out = region;
  for (Point& corner : out.outline) corner = map(corner);
  for (Polygon& hole : out.holes) {
    for (Point& corner : hole) corner = map(corner);
  }
  return out;
}

}  // namespace spotter
