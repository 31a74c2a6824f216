// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/duplicates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace spotter::perceive {
namespace {

// COCO's standard deviations of human annotation, in square roots of the person's area.
constexpr std::array<float, kKeypointCount> kSigma = {0.026F, 0.025F, 0.025F, 0.035F, 0.035F, 0.079F,
                                                      0.079F, 0.072F, 0.072F, 0.062F, 0.062F, 0.107F,
                                                      0.107F, 0.087F, 0.087F, 0.089F, 0.089F};

}  // namespace

float KeypointSimilarity(const Pose& a, const Pose& b, float area) {
  if (area <= 0) return 0;
  float sum = 0;
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    const float distance = Distance(a.keypoints[j].point(), b.keypoints[j].point());
    const float tolerance = 2 * kSigma[j];
    sum += std::exp(-distance * distance / (2 * area * tolerance * tolerance));
  }
  return sum / static_cast<float>(kKeypointCount);
}

void RemoveDuplicates(const DuplicateOptions& options, std::vector<Detection>& people) {
  std::vector<Detection> kept;
  for (const Detection& person : people) {
    const bool is_duplicate = std::any_of(kept.begin(), kept.end(), [&](const Detection& other) {
      const float area = std::max(person.box.area(), other.box.area());
      return Iou(person.box, other.box) >= options.min_overlap ||
             KeypointSimilarity(person.pose, other.pose, area) >= options.min_similarity;
    });
    if (!is_duplicate) kept.push_back(person);
  }
  people = std::move(kept);
}

}  // namespace spotter::perceive
