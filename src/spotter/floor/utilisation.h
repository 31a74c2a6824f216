// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <span>

#include "spotter/base/time.h"
#include "spotter/base/time_zone.h"

namespace spotter::floor {

// From `start` up to `end`, UTC.
struct UtcSpan {
  UtcTime start;
  UtcTime end;
};

// Time by local weekday (0 = Monday) and hour of the day.
using WeekHours = std::array<std::array<std::chrono::microseconds, 24>, 7>;

// How much a machine is used through the week, in the gym's own time.
struct Utilisation {
  WeekHours busy{};     // in use
  WeekHours watched{};  // looked at: what `busy` is a share of
};

// Uses of one machine as far as they lie within the spans that were watched; neither overlap among themselves. On the
// day that summer time ends, its repeated hour counts twice as long, and where it begins the missing hour is 0: the
// sums are always the true seconds.
Utilisation MeasureUtilisation(std::span<const UtcSpan> uses, std::span<const UtcSpan> watched, const TimeZone& zone);

}  // namespace spotter::floor
