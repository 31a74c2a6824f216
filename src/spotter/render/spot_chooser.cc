// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/spot_chooser.h"

#include <algorithm>
#include <limits>

#include "spotter/base/check.h"

namespace spotter::render {
namespace {

// All in shares of the label's own area.
constexpr float kLabelWeight = 15;  // hiding another label
constexpr float kMoveWeight = 1;    // being pushed off the wished place by its own size
constexpr float kLaterCandidate = 0.05F;
constexpr float kChangeOfMind = 0.25F;  // leaving last time's place

}  // namespace

Box SpotChooser::MovedInside(Box box) const {
  // A box larger than the bounds starts at their left or top edge.
  const float dx = std::max(bounds_.x0 - box.x0, std::min(0.0F, bounds_.x1 - box.x1));
  const float dy = std::max(bounds_.y0 - box.y0, std::min(0.0F, bounds_.y1 - box.y1));
  return {box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy};
}

float SpotChooser::Cost(const Box& wanted, const Box& box) const {
  const float area = std::max(1.0F, box.area());
  const float size = std::max(1.0F, std::min(box.width(), box.height()));
  const Point wanted_at{wanted.x0, wanted.y0};
  float cost = kMoveWeight * std::min(1.0F, Distance(wanted_at, {box.x0, box.y0}) / (4 * size));
  for (const Obstacle& obstacle : obstacles_) {
    const Box shared = Intersect(box, obstacle.box);
    if (shared.width() > 0 && shared.height() > 0) cost += obstacle.weight * shared.area() / area;
  }
  return cost;
}

SpotChooser::Choice SpotChooser::Choose(std::span<const Box> candidates, std::optional<std::size_t> last) {
  SPOTTER_CHECK(!candidates.empty());
  Choice best;
  float best_cost = std::numeric_limits<float>::max();
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Box box = MovedInside(candidates[i]);
    float cost = Cost(candidates[i], box) + kLaterCandidate * static_cast<float>(i);
    if (last && *last != i) cost += kChangeOfMind;
    if (cost < best_cost) {
      best_cost = cost;
      best = {i, box};
    }
  }
  AddObstacle(best.box, kLabelWeight);
  return best;
}

}  // namespace spotter::render
