// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/ground_finder.h"

#include <algorithm>

namespace spotter::floor {
namespace {

// Long enough for one upright frame among noisy ones, too short to come nearer by more than a few percent.
constexpr std::chrono::microseconds kMoment{400'000};

}  // namespace

std::optional<GroundPoint> GroundFinder::Find(const Scene& scene, const ScenePerson& person) {
  ForgetGone(scene);
  std::deque<Look>& looks = looks_[{scene.camera_id, person.perceived.track_id}];
  float lately = 0;
  for (const Look& look : looks) lately = std::max(lately, look.metre);
  const float aspect = static_cast<float>(scene.width) / static_cast<float>(scene.height);
  const std::optional<GroundPoint> at = FindGroundPoint(person, aspect, lately);
  if (at) looks.push_back({scene.pts, at->metre});
  return at;
}

void GroundFinder::ForgetGone(const Scene& scene) {
  for (auto& [track, looks] : looks_) {
    if (track.first != scene.camera_id) continue;
    std::erase_if(looks, [&](const Look& look) { return scene.pts - look.pts > kMoment; });
  }
  std::erase_if(looks_, [](const auto& entry) { return entry.second.empty(); });
}

}  // namespace spotter::floor
