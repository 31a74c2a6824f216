// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "spotter/geometry/box.h"

namespace spotter {

// The shape of a path that goes to and fro.
struct Strokes {
  double extent = 0;  // along its longest direction, outliers left out (10th to 90th percentile)
  double width = 0;   // across that, likewise
  int count = 0;      // ways in one direction of at least the wanted length, at the path's ends the begun ones included
};

// Shorter ways are tremor; both must be reached.
struct StrokeLength {
  double least = 0;
  double share = 0;  // of the path's extent
};

// Principal direction of the points (eigenvector of their covariance), then turning points of the movement along it
// with a hysteresis of the wanted length. Fewer than three points have no strokes.
Strokes MeasureStrokes(std::span<const Point> path, const StrokeLength& wanted);

}  // namespace spotter
