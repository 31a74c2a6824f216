// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "spotter/base/time.h"

namespace spotter {

// ISO 8601 in UTC with milliseconds, or microseconds where they matter: "2026-03-01T10:00:12.466Z".
std::string FormatUtc(UtcTime time);

// The system's clock.
UtcTime UtcNow();

// Seconds since 1970 as events, rows and the API have them, and back: the nearest microsecond.
double UnixSeconds(UtcTime time);
UtcTime FromUnixSeconds(double seconds);

// Reads "YYYY-MM-DDThh:mm:ss[.fraction]Z"; nullopt when the text is anything else or no date of the calendar.
std::optional<UtcTime> ParseUtc(std::string_view text);

}  // namespace spotter
