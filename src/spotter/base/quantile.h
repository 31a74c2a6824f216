// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "spotter/base/median.h"

namespace spotter {

// The one that `share` of the others lie at or below, rounded down, so it is always a value that occurred.
// REQUIRES: not empty, no NaN, share in [0, 1]
template <typename T>
T Quantile(std::vector<T> values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, at);
  return *at;
}

template <typename T>
struct ValueRange {
  T low{};
  T high{};
  T size() const { return high - low; }
  T middle() const { return (low + high) / 2; }
};

// From the least to the greatest when a tenth of the values at either end are left out: single wrong ones say nothing.
// 0 to 0 of none. REQUIRES: no NaN
template <typename T>
ValueRange<T> InnerRange(std::vector<T> values) {
  if (values.empty()) return {};
  const auto tenth = std::ssize(values) / 10;
  const auto low = values.begin() + tenth;
  const auto high = values.end() - 1 - tenth;
  std::ranges::nth_element(values, high);
  const T highest = *high;
  std::ranges::nth_element(values, low);
  return {*low, highest};
}

// The same of what `get` says of each one.
template <typename Range, typename Get>
auto InnerRangeOf(const Range& range, Get get) {
  return InnerRange(ValuesOf(range, get));
}

}  // namespace spotter
