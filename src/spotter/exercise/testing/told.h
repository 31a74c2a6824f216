// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>
#include <vector>

namespace spotter::exercise::testing {

// What events or findings tell of one kind, in order.
template <typename Data, typename Items>
std::vector<Data> Told(const Items& items) {
  std::vector<Data> told;
  for (const auto& item : items) {
    if (const auto* data = std::get_if<Data>(&item.data)) told.push_back(*data);
  }
  return told;
}

}  // namespace spotter::exercise::testing
