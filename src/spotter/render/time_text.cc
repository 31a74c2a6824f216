// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/time_text.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

#include <fmt/format.h>

namespace spotter::render {

std::string FormatTime(Pts pts) {
  const std::int64_t tenths = std::max<std::int64_t>(0, pts.count()) / 100'000;
  const std::int64_t seconds = tenths / 10;
  if (seconds < 3600) return fmt::format("{}:{:02}.{}", seconds / 60, seconds % 60, tenths % 10);
  return fmt::format("{}:{:02}:{:02}.{}", seconds / 3600, seconds / 60 % 60, seconds % 60, tenths % 10);
}

std::string FormatLength(std::chrono::microseconds length) {
  const auto seconds = std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(length).count());
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

}  // namespace spotter::render
