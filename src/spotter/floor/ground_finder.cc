// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/ground_finder.h"

#include <algorithm>

namespace spotter::floor {
namespace {

// Long enough for one upright frame among noisy ones, too short to come nearer by more than a few percent.
constexpr std::chrono::microseconds kMoment{400'000};

}  // namespace

GroundFinder::GroundFinder() : looks_(kMoment) {}

std::optional<GroundPoint> GroundFinder::Find(const Scene& scene, Pts now, const ScenePerson& person) {
  const TrackId track = person.perceived.track_id;
  float longest_metre = 0;
  for (const Look& look : looks_.Of(scene.camera_id, track, now)) longest_metre = std::max(longest_metre, look.metre);
  const float aspect = static_cast<float>(scene.width) / static_cast<float>(scene.height);
  const std::optional<GroundPoint> at = FindGroundPoint(person, aspect, longest_metre);
  if (at) looks_.Add(scene.camera_id, track, {now, at->metre});
  return at;
}

}  // namespace spotter::floor
