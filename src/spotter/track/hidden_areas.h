// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "spotter/core/pose.h"
#include "spotter/geometry/polygon.h"

namespace spotter::track {

// The parts of one camera's picture where whoever is seen is nobody in the room: mirrors, screens, the street. Polygons
// in fractions of the frame. Immutable.
class HiddenAreas {
 public:
  HiddenAreas() = default;
  explicit HiddenAreas(std::vector<Polygon> areas) : areas_(std::move(areas)) {}

  // Whether the figure belongs to one of the areas: it stands in it (its ankles, without them the middle of the box's
  // lower edge), or all of it that is seen lies in it, as the upper body in a mirror that hangs on the wall. Somebody
  // who stands before a mirror belongs to the room: the feet are below it.
  bool Hide(const Box& box, const Pose& pose) const;

 private:
  std::vector<Polygon> areas_;
};

}  // namespace spotter::track
