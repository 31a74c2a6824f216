// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "spotter/base/time.h"
#include "spotter/core/perception.h"

namespace spotter::track {

// The joints below the head, shoulders to ankles; a left one's neighbour is the right one.
inline constexpr std::size_t kBodyJointCount = 12;
inline constexpr std::size_t OtherSide(std::size_t body_joint) { return body_joint ^ 1U; }

// One person in one frame, as the search for reflections needs it. Isotropic coordinates, unit: the frame's height.
struct Figure {
  Pts pts{0};
  std::array<Point, kBodyJointCount> joints{};
  std::array<bool, kBodyJointCount> seen{};
  std::optional<Point> ground;  // the ankle that is seen, or between both

  Point joint(std::size_t i, bool mirrored) const { return joints[mirrored ? OtherSide(i) : i]; }
  bool has(std::size_t i, bool mirrored) const { return seen[mirrored ? OtherSide(i) : i]; }
};

// `frame_aspect` is the frame's width / height.
Figure MakeFigure(Pts pts, float frame_aspect, const PerceivedPerson& person);

}  // namespace spotter::track
