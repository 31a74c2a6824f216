// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/utilisation.h"

#include <algorithm>

namespace spotter::floor {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;

// Cuts the span at every full local hour and every change of the clocks.
void Add(UtcSpan span, const TimeZone& zone, WeekHours& hours_of_week) {
  for (UtcTime at = span.start; at < span.end;) {
    const TimeZone::Offset offset = zone.OffsetAt(at);
    const UtcTime local = at + offset.local_minus_utc;  // local time, written as if it were UTC
    const auto day = floor<days>(local);
    const auto hour = floor<hours>(local);
    const UtcTime next = std::min({span.end, offset.until, UtcTime(hour + hours(1)) - offset.local_minus_utc});
    const unsigned weekday = std::chrono::weekday(day).iso_encoding() - 1;
    const auto hour_of_day = static_cast<std::size_t>((hour - day) / hours(1));
    hours_of_week[weekday][hour_of_day] += next - at;
    at = next;
  }
}

}  // namespace

Utilisation MeasureUtilisation(std::span<const UtcSpan> uses, std::span<const UtcSpan> watched, const TimeZone& zone) {
  Utilisation utilisation;
  for (const UtcSpan& span : watched) {
    Add(span, zone, utilisation.watched);
    for (const UtcSpan& use : uses)
      Add({std::max(use.start, span.start), std::min(use.end, span.end)}, zone, utilisation.busy);
  }
  return utilisation;
}

}  // namespace spotter::floor
