// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// One signal's values over a stretch of a history, oriented so that they are high at the far end; missing ones are NaN.
struct Series {
  std::size_t first = 0;      // index in the history of values[0]
  std::vector<float> values;  // one per frame

  std::size_t end() const { return first + values.size(); }
  // REQUIRES: first <= i < end()
  float At(std::size_t i) const { return values[i - first]; }
};

// The signal's value in a frame, turned so that it is high at the far end; NaN when missing.
float OrientedValue(const FeatureFrame& frame, const Signal& signal);

// REQUIRES: span.first <= span.last < history.frames().size()
Series MakeSeries(const FeatureHistory& history, const Signal& signal, Span span);

}  // namespace spotter::exercise
