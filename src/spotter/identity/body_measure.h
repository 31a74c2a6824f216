// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/perception.h"

namespace spotter::identity {

// Where a body is and how tall, from one frame. Isotropic coordinates: x is multiplied by the frame's width / height,
// so that both axes are in frame heights.
struct BodyMeasure {
  Point anchor;        // middle of the trunk's seen joints: it moves little when arms and legs move; else of the box
  double stature = 0;  // standing height that the longest-looking limb suggests; else the larger side of the box; > 0
  Box box;
};

// `frame_aspect` is the frame's width / height. Stature: a limb can look shorter than it is (turned towards the camera)
// but not longer, so the largest of the estimates is taken, and bending, squatting and lying down hardly change it.
// Limb / stature ratios: Winter, "Biomechanics and Motor Control of Human Movement", after Drillis and Contini 1966.
BodyMeasure MeasureBody(const PerceivedPerson& person, float frame_aspect);

}  // namespace spotter::identity
