// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/zone_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "spotter/config/value_reader.h"

namespace spotter::config {
namespace {

constexpr double kMaxFloor = 10'000;      // metres from the floor's origin
constexpr double kMaxPixel = 100'000;     // of a picture's width or height
constexpr double kMaxWait_s = 24 * 3600;  // NOLINT(readability-identifier-naming): unit suffix

// The corners, or {outline: corners, holes: [corners, ...]}.
Region ReadRegion(const YamlNode& node, double low, double high) {
  if (!node.IsMapping()) return {.outline = ReadPolygon(node, low, high), .holes = {}};
  const YamlMap map = node.Map({"outline", "holes"});
  Region region{.outline = ReadPolygon(map.Required("outline"), low, high), .holes = {}};
  const YamlNode holes = map.Optional("holes");
  if (!holes) return region;
  for (const YamlNode& item : holes.Items()) {
    Polygon hole = ReadPolygon(item, low, high);
    if (!std::ranges::all_of(hole, [&](Point corner) { return Contains(region.outline, corner); }))
      item.Fail("must lie within the outline");
    region.holes.push_back(std::move(hole));
  }
  return region;
}

// {zone_id, x1, y1, x2, y2} with the upper left and the lower right corner.
Zone ReadRoi(const YamlNode& node, Zone zone, const CameraId& camera) {
  const YamlMap map = node.Map({"zone_id", "x1", "y1", "x2", "y2"});
  zone.id = ZoneId(ReadName(map.Required("zone_id")));  // as senders of that form name theirs
  const auto number = [&](const char* key) { return static_cast<float>(map.Required(key).Number(0, kMaxPixel)); };
  const float x1 = number("x1");
  const float y1 = number("y1");
  const float x2 = number("x2");
  const float y2 = number("y2");
  if (x1 >= x2 || y1 >= y2) node.Fail("must have x1 < x2 and y1 < y2 (pixels from the upper left corner)");
  zone.views[camera] = {.region = {.outline = {{x1, y1}, {x2, y1}, {x2, y2}, {x1, y2}}, .holes = {}},
                        .in_pixels = true};
  return zone;
}

}  // namespace

void ZoneReader::ReadTimes(const YamlMap& map, Zone& zone) {
  const auto read = [&](const char* key, std::chrono::microseconds& time) {
    if (const YamlNode s = map.Optional(key)) time = FromSeconds(s.Number(0, kMaxWait_s));
  };
  read("occupy_start_s", zone.occupy_start);
  read("occupy_end_s", zone.occupy_end);
  read("cleaning_window_s", zone.cleaning_window);
  read("reserve_limit_s", zone.reserve_limit);
}

std::vector<Zone> ZoneReader::ReadZones(const YamlNode& node, const Zone& defaults) const {
  std::vector<Zone> zones;
  for (const YamlNode& item : node.Items()) {
    Zone zone = ReadZone(item, defaults);
    if (std::ranges::find(zones, zone.id, &Zone::id) != zones.end())
      item.Fail(fmt::format("two zones have the id '{}'", ForMessage(zone.id.value())));
    zones.push_back(std::move(zone));
  }
  return zones;
}

Zone ZoneReader::ReadZone(const YamlNode& node, Zone zone) const {
  const YamlMap map = node.Map({"id", "kind", "floor_polygon", "views", "occupy_start_s", "occupy_end_s",
                                "cleaning_window_s", "reserve_limit_s"});
  zone.id = ZoneId(ReadId(map.Required("id")));
  if (const YamlNode kind = map.Optional("kind"))
    zone.kind = kind.Choice<ZoneKind>({{"machine", ZoneKind::kMachine}, {"area", ZoneKind::kArea}});
  const YamlNode polygon = map.Optional("floor_polygon");
  const YamlNode views = map.Optional("views");
  if (static_cast<bool>(polygon) == static_cast<bool>(views)) node.Fail("needs either floor_polygon or views");
  if (polygon) zone.floor = ReadRegion(polygon, -kMaxFloor, kMaxFloor);
  if (views) zone.views = ReadViews(views);
  ReadTimes(map, zone);
  return zone;
}

std::map<CameraId, ZoneView> ZoneReader::ReadViews(const YamlNode& node) const {
  std::map<CameraId, ZoneView> views;
  for (const auto& [name, polygon] : node.Entries()) {
    const CameraId id(name);
    if (std::ranges::find(cameras_, id) == cameras_.end()) polygon.Fail("no camera has this id; add it under cameras");
    views[id] = {.region = ReadRegion(polygon, 0, 1), .in_pixels = false};
  }
  if (node.IsMapping() && views.empty()) node.Fail("needs at least one camera");
  return views;
}

std::vector<Zone> ZoneReader::ReadRois(const YamlNode& node, const Zone& defaults, const CameraId& camera) const {
  if (cameras_.size() > 1) node.Fail("fits one camera only; with several, use zones with views");
  std::vector<Zone> zones;
  for (const YamlNode& item : node.Items()) {
    Zone zone = ReadRoi(item, defaults, cameras_.empty() ? camera : cameras_.front());
    if (std::ranges::find(zones, zone.id, &Zone::id) != zones.end())
      item.Fail(fmt::format("two zones have the id '{}'", ForMessage(zone.id.value())));
    zones.push_back(std::move(zone));
  }
  return zones;
}

}  // namespace spotter::config
