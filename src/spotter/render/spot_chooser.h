// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "spotter/geometry/box.h"

namespace spotter::render {

// Finds places for labels so that they do not hide each other or somebody's face. One for each picture.
class SpotChooser {
 public:
  // All spots are kept inside `bounds` (pixels).
  explicit SpotChooser(const Box& bounds) : bounds_(bounds) {}

  // Covering a pixel of `box` costs `weight`.
  void AddObstacle(const Box& box, float weight) { obstacles_.push_back({box, weight}); }

  // The cheapest of `candidates`, the first ones preferred; the one chosen last time is preferred more, so that labels
  // do not jump. The result becomes an obstacle itself. REQUIRES: candidates not empty
  struct Choice {
    std::size_t index = 0;
    Box box;  // moved inside the bounds
  };
  Choice Choose(std::span<const Box> candidates, std::optional<std::size_t> last);

 private:
  struct Obstacle {
    Box box;
    float weight;
  };
  Box MovedInside(Box box) const;
  float Cost(const Box& wanted, const Box& box) const;

  Box bounds_;
  std::vector<Obstacle> obstacles_;
};

}  // namespace spotter::render
