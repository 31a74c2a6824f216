// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/ground_finder.h"

#include <algorithm>

namespace spotter::floor {
namespace {

// Long enough for one upright frame among noisy ones, too short to come nearer by more than a few percent.
constexpr std::chrono::microseconds kMoment{400'000};

}  // namespace

std::optional<GroundPoint> GroundFinder::Find(const Scene& scene, Pts now, const ScenePerson& person) {
  ForgetBefore(now - kMoment);
  std::deque<Look>& looks = looks_[{scene.camera_id, person.perceived.track_id}];
  float longest_metre = 0;
  for (const Look& look : looks) longest_metre = std::max(longest_metre, look.metre);
  const float aspect = static_cast<float>(scene.width) / static_cast<float>(scene.height);
  const std::optional<GroundPoint> at = FindGroundPoint(person, aspect, longest_metre);
  if (at) looks.push_back({now, at->metre});
  return at;
}

void GroundFinder::ForgetBefore(Pts time) {
  for (auto& [track, looks] : looks_) {
    while (!looks.empty() && looks.front().at < time) looks.pop_front();
  }
  std::erase_if(looks_, [](const auto& entry) { return entry.second.empty(); });
}

}  // namespace spotter::floor
