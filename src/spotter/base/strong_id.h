// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace spotter {

// An id that cannot be mixed up with another kind of id: `using TrackId = StrongId<struct TrackIdTag, std::int64_t>;`
template <typename Tag, typename Value>
class StrongId {
 public:
  StrongId() = default;
  explicit StrongId(Value value) : value_(std::move(value)) {}
  const Value& value() const { return value_; }
  auto operator<=>(const StrongId&) const = default;

 private:
  Value value_{};
};

}  // namespace spotter

template <typename Tag, typename Value>
struct std::hash<spotter::StrongId<Tag, Value>> {
  std::size_t operator()(const spotter::StrongId<Tag, Value>& id) const { return std::hash<Value>{}(id.value()); }
};
