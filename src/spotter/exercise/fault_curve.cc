// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/fault_curve.h"

#include <algorithm>
#include <cmath>

#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kMostPoints = 24;

}  // namespace

std::vector<CurvePoint> CurveOf(const FeatureHistory& history, FeatureRef feature, Span span) {
  std::vector<CurvePoint> curve;
  const std::size_t end = std::min(span.last + 1, history.frames().size());
  if (end <= span.first) return curve;
  const double unit = IsAngle(feature.feature) ? kDegreesPerRadian : 1;
  const std::size_t step = (end - span.first + kMostPoints - 1) / kMostPoints;
  for (std::size_t i = span.first; i < end; i += step) {
    const float value = history.frames()[i].Get(feature);
    if (std::isfinite(value)) curve.push_back({history.frames()[i].pts, unit * value});
  }
  return curve;
}

}  // namespace spotter::exercise
