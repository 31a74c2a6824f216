// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/base/time.h"
#include "spotter/core/perception.h"

namespace spotter::track {

// A detection as the tracker sees it. Isotropic coordinates: x is multiplied by the frame's width / height, so that
// both axes have the same unit (the frame's height) and lengths and directions mean something.
struct Observation {
  Pts pts{0};
  double belief = 0;  // that somebody is there, [0, 1]
  Box box;
  Pose pose;
  Appearance appearance;
};

// `frame_aspect` is the frame's width / height.
Observation Observe(Pts pts, float frame_aspect, const Detection& detection);

// Moves everything by `offset`.
void Shift(Observation& observation, Point offset);

}  // namespace spotter::track
