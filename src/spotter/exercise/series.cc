// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/series.h"

namespace spotter::exercise {

float OrientedValue(const FeatureFrame& frame, const Signal& signal) {
  const float value = frame.Get(signal.feature);
  return signal.turn_is_high ? value : -value;
}

Series MakeSeries(const FeatureHistory& history, const Signal& signal, Span span) {
  Series series{.first = span.first};
  series.values.reserve(span.last - span.first + 1);
  for (std::size_t i = span.first; i <= span.last; ++i)
    series.values.push_back(OrientedValue(history.frames()[i], signal));
  return series;
}

}  // namespace spotter::exercise
