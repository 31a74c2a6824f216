// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>

#include "spotter/core/pose.h"

namespace spotter {

// Around the joints that are seen; none where no joint is.
inline std::optional<Box> BoundingBox(const Pose& pose) {
  std::optional<Box> box;
  for (const Keypoint& joint : pose.keypoints) {
    if (joint.confidence <= 0) continue;
    if (!box) box = Box{joint.x, joint.y, joint.x, joint.y};
    *box = {std::min(box->x0, joint.x), std::min(box->y0, joint.y), std::max(box->x1, joint.x),
            std::max(box->y1, joint.y)};
  }
  return box;
}

}  // namespace spotter
