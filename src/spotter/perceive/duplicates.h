// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/core/perception.h"

namespace spotter::perceive {

struct DuplicateOptions {
  float min_similarity = 0.6F;  // keypoint similarity from which two are the same person
  float min_overlap = 0.6F;     // box overlap (IoU) from which two are the same person
};

// Object keypoint similarity in [0, 1] with COCO's per-joint tolerances (https://cocodataset.org/#keypoints-eval): 1 =
// the same pose at the same place. `area` is the person's, in the square of the poses' unit (isotropic).
float KeypointSimilarity(const Pose& a, const Pose& b, float area);

// Keeps the first of each group of duplicates. REQUIRES: most confident first; coordinates in one isotropic unit
void RemoveDuplicates(const DuplicateOptions& options, std::vector<Detection>& people);

}  // namespace spotter::perceive
