// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/perception.h"
#include "spotter/render/canvas.h"

namespace spotter::render {

struct SkeletonStyle {
  Color joint_color;            // the person's colour
  float min_confidence = 0.1F;  // joints below are not drawn
  float line_width_px = 3;
  bool draw_head = false;  // a ring in place of the face: for pictures without pixels
};

// The joints and limbs of one person, left and right in their colours; the less sure a joint is, the fainter it and its
// limbs are. With landmarks the feet are drawn too. Joints that are no finite number or far outside the frame are left
// out.
void DrawSkeleton(Canvas& canvas, const PerceivedPerson& person, const SkeletonStyle& style);

}  // namespace spotter::render
