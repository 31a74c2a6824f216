// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/strokes.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "spotter/base/quantile.h"

namespace spotter {
namespace {

// Unit vector along which the points spread most.
Point PrincipalDirection(std::span<const Point> path) {
  Point mean;
  for (const Point& p : path) mean = mean + p;
  mean = (1.0F / static_cast<float>(path.size())) * mean;
  float xx = 0;
  float xy = 0;
  float yy = 0;
  for (const Point& p : path) {
    const Point d = p - mean;
    xx += d.x * d.x;
    xy += d.x * d.y;
    yy += d.y * d.y;
  }
  const float angle = 0.5F * std::atan2(2 * xy, xx - yy);
  return {std::cos(angle), std::sin(angle)};
}

std::vector<double> Along(std::span<const Point> path, Point direction) {
  std::vector<double> values;
  values.reserve(path.size());
  for (const Point& p : path) values.push_back(static_cast<double>(p.x * direction.x + p.y * direction.y));
  return values;
}

// From the 10th to the 90th percentile.
double Extent(const std::vector<double>& values) { return Quantile(values, 0.9) - Quantile(values, 0.1); }

// Follows the movement up to its furthest point and turns when it has come back by `least_length`.
int CountTurns(const std::vector<double>& values, double least_length) {
  double low = values.front();
  double high = values.front();
  int direction = 0;
  int strokes = 0;
  for (const double value : values) {
    low = std::min(low, value);
    high = std::max(high, value);
    if (direction <= 0 && value - low >= least_length) {
      direction = 1;
      ++strokes;
      high = value;
    } else if (direction >= 0 && high - value >= least_length) {
      direction = -1;
      ++strokes;
      low = value;
    }
  }
  return strokes;
}

}  // namespace

Strokes MeasureStrokes(std::span<const Point> path, const StrokeLength& wanted) {
  if (path.size() < 3) return {};
  const Point direction = PrincipalDirection(path);
  const std::vector<double> along = Along(path, direction);
  const double extent = Extent(along);
  return {.extent = extent,
          .width = Extent(Along(path, {-direction.y, direction.x})),
          .count = CountTurns(along, std::max(wanted.least, wanted.share * extent))};
}

}  // namespace spotter
