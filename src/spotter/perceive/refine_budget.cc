// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/refine_budget.h"

#include <algorithm>
#include <cmath>

#include "spotter/perceive/pose_measure.h"

namespace spotter::perceive {

bool RefineBudget::Grant(const PerceivedPerson& person, float aspect, Pts now) {
  const auto [it, is_new] = tracks_.try_emplace(person.track_id);
  Memory& memory = it->second;
  memory.seen_at = now;
  if (!is_new) {
    const bool moved = LargestMovement(memory.pose, person.pose, aspect) > options_.still_movement;
    const std::chrono::microseconds interval = moved ? options_.moving_interval : options_.still_interval;
    if (now - memory.refined_at < interval) return false;
  }
  memory.refined_at = now;
  memory.pose = person.pose;
  return true;
}

void RefineBudget::ForgetLost(Pts now) {
  constexpr std::chrono::seconds kForgetAfter{10};  // as long as the tracker keeps an unseen track
  std::erase_if(tracks_, [&](const auto& track) { return now - track.second.seen_at > kForgetAfter; });
}

}  // namespace spotter::perceive
