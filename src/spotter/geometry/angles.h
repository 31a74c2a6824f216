// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <numbers>

#include "spotter/geometry/box.h"

namespace spotter {

inline constexpr double kDegreesPerRadian = 180.0 / std::numbers::pi;

// Interior angle at `vertex` between the rays to `a` and `b`, radians in [0, pi]; 0 when a ray has no length. All
// points in one isotropic space (pixels, not frame fractions of a non-square frame).
float AngleAt(Point vertex, Point a, Point b);

// Angle of the vector `from` -> `to` against straight up in the picture (y points down), radians in [0, pi].
float AngleFromVertical(Point from, Point to);

}  // namespace spotter
