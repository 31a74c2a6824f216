// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/zone_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "spotter/base/log.h"

namespace spotter::pipeline {
namespace {

constexpr float kTolerance = 0.01F;  // of the picture's width or height: an edge drawn by hand

bool IsWithin(const Polygon& outline, int width, int height) {
  return std::ranges::all_of(outline, [&](const Point& corner) {
    const float x = corner.x / static_cast<float>(width);
    const float y = corner.y / static_cast<float>(height);
    return std::min(x, y) >= -kTolerance && std::max(x, y) <= 1 + kTolerance;
  });
}

}  // namespace

Result<void> ZoneCheck::Consume(const SiteOutput& output) {
  if (!checked_.insert(output.perception.camera_id).second) return {};
  for (const std::string& complaint : Complaints(output.perception)) LogWarning("{}", complaint);
  return {};
}

std::vector<std::string> ZoneCheck::Complaints(const Perception& perception) const {
  std::vector<std::string> complaints;
  for (const Zone& zone : zones_) {
    const auto view = zone.views.find(perception.camera_id);
    if (view == zone.views.end() || !view->second.in_pixels) continue;
    if (IsWithin(view->second.region.outline, perception.width, perception.height)) continue;
    complaints.push_back(
        fmt::format("zone '{}' reaches beyond the picture of camera '{}', which has {} x {} pixels: draw it again in "
                    "pixels of that picture",
                    zone.id.value(), perception.camera_id.value(), perception.width, perception.height));
  }
  return complaints;
}

}  // namespace spotter::pipeline
