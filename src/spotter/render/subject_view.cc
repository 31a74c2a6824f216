// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/subject_view.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

namespace spotter::render {

std::string DisplayName(std::string_view id) {
  std::string name(id);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string FormatTime(Pts pts) {
  const std::int64_t tenths = std::max<std::int64_t>(0, pts.count()) / 100'000;
  const std::int64_t seconds = tenths / 10;
  if (seconds < 3600) return fmt::format("{}:{:02}.{}", seconds / 60, seconds % 60, tenths % 10);
  return fmt::format("{}:{:02}:{:02}.{}", seconds / 3600, seconds / 60 % 60, seconds % 60, tenths % 10);
}

}  // namespace spotter::render
