// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/geometry/box.h"

namespace spotter {

// The corners of a simple polygon in order, not closed: the last one is joined to the first.
using Polygon = std::vector<Point>;

// Whether `point` lies inside, by the even-odd rule; a point on an edge may go either way. Fewer than three corners
// hold nothing.
bool Contains(const Polygon& polygon, Point point);

}  // namespace spotter
