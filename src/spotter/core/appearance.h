// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>

namespace spotter {

// The colours of somebody's clothes in one frame. Not enough to know anybody again by on another day; it stays in the
// camera worker, is never recorded, and is forgotten with the track.
struct Appearance {
  static constexpr std::size_t kHues = 12;
  static constexpr std::size_t kSaturations = 3;
  static constexpr std::size_t kGreys = 8;
  // Shares of the hues at each saturation (pale first), then of the greys (dark first); the sum is 1.
  using Histogram = std::array<float, kHues * kSaturations + kGreys>;

  std::optional<Histogram> upper;  // of the trunk; none = not seen
  std::optional<Histogram> lower;  // of the thighs
  bool operator==(const Appearance&) const = default;
};

}  // namespace spotter
