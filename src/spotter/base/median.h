// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <type_traits>
#include <vector>

namespace spotter {

// The middle one in order; of an even number the upper of the two, so it is always a value that occurred.
// REQUIRES: not empty, no NaN
template <typename T>
T Median(std::vector<T> values) {
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

// What `get` says of each one.
template <typename Range, typename Get>
auto ValuesOf(const Range& range, Get get) {
  using Value = std::decay_t<std::invoke_result_t<Get&, decltype(*std::begin(range))>>;
  std::vector<Value> values;
  values.reserve(std::size(range));
  for (const auto& one : range) values.push_back(std::invoke(get, one));
  return values;
}

// The median of that. REQUIRES: not empty, no NaN
template <typename Range, typename Get>
auto MedianOf(const Range& range, Get get) {
  return Median(ValuesOf(range, get));
}

}  // namespace spotter
