// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/site_clock.h"

#include <algorithm>

namespace spotter::floor {
namespace {

constexpr std::chrono::microseconds kNewStream{2'000'000};  // time running back by more than this is a new stream

}  // namespace

std::optional<Pts> SiteClock::Advance(const Scene& scene) {
  const bool first = cameras_.empty();
  const auto [it, added] = cameras_.try_emplace(scene.camera_id);
  Camera& camera = it->second;
  if (added || scene.pts < camera.last - kNewStream) {
    camera.site_from_stream = first ? Pts{0} : now_ - scene.pts;
    if (first) now_ = scene.pts;
  } else if (scene.pts <= camera.last) {
    return std::nullopt;
  }
  camera.last = scene.pts;
  const Pts site = scene.pts + camera.site_from_stream;
  now_ = std::max(now_, site);
  return now_;
}

}  // namespace spotter::floor
