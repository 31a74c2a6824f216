// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/zone_map.h"

#include <utility>

namespace spotter::floor {
namespace {

constexpr float kSurfaceHeight = 0.9F;  // metres: benches, seats, consoles and what hands wipe, about hip height

}  // namespace

bool ZoneMap::Sees(const CameraId& camera, std::size_t zone) const {
  if (zones_[zone].floor) return floor_from_image_.contains(camera);
  return zones_[zone].views.contains(camera);
}

std::optional<double> ZoneMap::Depth(const Frame& frame, std::size_t zone, const GroundPoint& person) const {
  if (!Sees(frame.camera_id, zone)) return std::nullopt;
  const Zone& place = zones_[zone];
  if (place.floor) return FloorDepth(frame, *place.floor, person.on_floor);
  return ViewDepth(frame, place.views.at(frame.camera_id), person.body, person.metre);
}

std::optional<double> ZoneMap::HandDepth(const Frame& frame,
                                         std::size_t zone,
                                         const GroundPoint& person,
                                         Point hand) const {
  if (!Sees(frame.camera_id, zone)) return std::nullopt;
  const Zone& place = zones_[zone];
  if (place.floor) return FloorDepth(frame, *place.floor, {hand.x, hand.y + kSurfaceHeight * person.metre});
  return ViewDepth(frame, place.views.at(frame.camera_id), hand, person.metre);
}

std::optional<Region> ZoneMap::Outline(const Frame& frame, std::size_t zone) const {
  if (!Sees(frame.camera_id, zone)) return std::nullopt;
  const auto width = static_cast<float>(frame.width);
  const auto height = static_cast<float>(frame.height);
  const auto to_fractions = [&](Point pixel) { return Point{pixel.x / width, pixel.y / height}; };
  if (!zones_[zone].floor) {
    const ZoneView& view = zones_[zone].views.at(frame.camera_id);
    return view.in_pixels ? Mapped(view.region, to_fractions) : view.region;
  }
  const Homography& floor_from_image = floor_from_image_.at(frame.camera_id);
  const Point foreground{width / 2, height};
  const std::optional<Point> near = floor_from_image.Map(foreground, foreground);
  if (!near) return std::nullopt;
  const Homography image_from_floor = floor_from_image.Inverse();
  Region region;
  region.outline = image_from_floor.Map(zones_[zone].floor->outline, *near);
  if (region.outline.size() < 3) return std::nullopt;
  for (const Polygon& hole : zones_[zone].floor->holes) {
    if (Polygon seen = image_from_floor.Map(hole, *near); seen.size() >= 3) region.holes.push_back(std::move(seen));
  }
  return Mapped(region, to_fractions);
}

std::optional<double> ZoneMap::FloorDepth(const Frame& frame, const Region& floor, Point on_floor) const {
  const auto height = static_cast<float>(frame.height);
  const auto width = static_cast<float>(frame.width);
  const std::optional<Point> at =
      floor_from_image_.at(frame.camera_id).Map({on_floor.x * height, on_floor.y * height}, {width / 2, height});
  if (!at) return std::nullopt;
  return SignedDepth(floor, *at);
}

double ZoneMap::ViewDepth(const Frame& frame, const ZoneView& view, Point at, float metre) {
  const float aspect = frame.aspect();
  const auto height = static_cast<float>(frame.height);
  const Region region = Mapped(view.region, [&](Point corner) {
    return view.in_pixels ? Point{corner.x / height, corner.y / height} : Point{corner.x * aspect, corner.y};
  });
  return SignedDepth(region, at) / static_cast<double>(metre);
}

}  // namespace spotter::floor
