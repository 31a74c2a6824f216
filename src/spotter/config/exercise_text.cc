// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/exercise_text.h"

#include <cmath>

#include <fmt/format.h>

#include "spotter/geometry/angles.h"

namespace spotter::config {
namespace {

using exercise::FeatureRef;
using exercise::SideUse;

constexpr double kNoLimit = 999;  // torso lengths or degrees: open on that side

}  // namespace

std::string FeatureValue(float value, FeatureRef ref) {
  if (std::isinf(value)) return fmt::format("{}", value > 0 ? kNoLimit : -kNoLimit);
  if (exercise::IsAngle(ref.feature)) return fmt::format("{}", std::lround(value * kDegreesPerRadian));
  return fmt::format("{:.4g}", static_cast<double>(std::lround(value * 100)) / 100);
}

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace spotter::config
