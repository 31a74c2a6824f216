// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/value_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "spotter/base/utf8.h"
#include "spotter/config/spotter_config.h"
#include "spotter/geometry/region.h"

namespace spotter::config {
namespace {

constexpr double kLeastPolygonArea = 1e-6;  // below, the points lie on one line

}  // namespace

std::string ReadId(const YamlNode& node) {
  std::string id = node.Text();
  if (!IsValidId(id) && id != "?") node.Fail(fmt::format("must be {}", kIdRule));
  return id;
}

std::string ReadName(const YamlNode& node) {
  constexpr std::size_t kMaxBytes = 256;  // as in events of that form
  std::string name = node.Text();
  const bool has_control = std::ranges::any_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (name.empty() || name.size() > kMaxBytes || has_control || !IsUtf8(name))
    node.Fail(fmt::format("must be 1 to {} bytes of text without control characters", kMaxBytes));
  return name;
}

Polygon ReadPolygon(const YamlNode& node, double low, double high) {
  Polygon polygon;
  for (const YamlNode& item : node.Items()) {
    const std::vector<YamlNode> xy = item.Items(2);
    if (xy.size() == 2)
      polygon.push_back({static_cast<float>(xy[0].Number(low, high)), static_cast<float>(xy[1].Number(low, high))});
    else
      return {};
  }
  if (!node.IsSequence()) return {};
  if (polygon.size() < 3) {
    node.Fail("needs at least 3 points [x, y]");
  } else if (Area(polygon) < kLeastPolygonArea) {
    node.Fail("its points enclose no area");
  } else if (CrossesItself(polygon)) {
    node.Fail("crosses itself: name the corners in their order around it");
  }
  return polygon;
}

}  // namespace spotter::config
