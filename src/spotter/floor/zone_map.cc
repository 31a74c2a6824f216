// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/zone_map.h"

#include <utility>

namespace spotter::floor {
namespace {

constexpr float kSurfaceHeight = 0.9F;  // metres: benches, seats, consoles and what hands wipe, about hip height
constexpr float kSeatHeight = 0.45F;    // metres
constexpr float kStep = 0.01F;          // frame heights, to measure the scale of the floor
constexpr int kRefinements = 3;         // of the place below an object: nearer places have a larger scale

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

std::optional<double> ZoneMap::ObjectDepth(const Frame& frame, std::size_t zone, const Box& box) const {
  if (!Sees(frame.camera_id, zone)) return std::nullopt;
  const Zone& place = zones_[zone];
  const float aspect = frame.aspect();
  if (!place.floor)
    return ViewDepth(frame, place.views.at(frame.camera_id), {box.center().x * aspect, box.center().y}, 1);
  std::optional<double> deepest;
  for (const float height : {0.0F, kSeatHeight, kSurfaceHeight}) {
    const std::optional<Point> below = BelowObject(frame, {box.center().x * aspect, box.y1}, height);
    const std::optional<double> depth = below ? FloorDepth(frame, *place.floor, *below) : std::nullopt;
    if (depth && (!deepest || *depth > *deepest)) deepest = depth;
  }
  return deepest;
}

// Where the floor is straight below something that is seen `at`, `height` metres above it. An upright metre looks about
// as long as one across the picture at the same place.
std::optional<Point> ZoneMap::BelowObject(const Frame& frame, Point at, float height) const {
  Point below = at;
  for (int i = 0; height > 0 && i < kRefinements; ++i) {
    const std::optional<Point> here = OnFloor(frame, below);
    const std::optional<Point> beside = OnFloor(frame, below + Point{kStep, 0});
    if (!here || !beside) return std::nullopt;
    below.y = at.y + height * kStep / Distance(*here, *beside);
  }
  return below;
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

std::optional<Point> ZoneMap::OnFloor(const Frame& frame, Point at) const {
  const auto height = static_cast<float>(frame.height);
  const auto width = static_cast<float>(frame.width);
  return floor_from_image_.at(frame.camera_id).Map({at.x * height, at.y * height}, {width / 2, height});
}

std::optional<double> ZoneMap::FloorDepth(const Frame& frame, const Region& floor, Point on_floor) const {
  const std::optional<Point> at = OnFloor(frame, on_floor);
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
