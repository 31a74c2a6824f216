// SPDX-License-Identifier: Apache-2.0
// GCC 12 has no time zones in <chrono>; Howard Hinnant's library, which became them, has.
#include "spotter/base/time_zone.h"

#include <algorithm>
#include <stdexcept>

#include <date/tz.h>

namespace spotter {

Result<TimeZone> TimeZone::Load(const std::string& name) {
  try {
    return TimeZone(date::locate_zone(name));
  } catch (const std::runtime_error&) {
    return MakeError(ErrorCode::kInvalidArgument,
                     "'{}' is no time zone of this system; use an IANA name such as Europe/Madrid (package tzdata)",
                     name);
  }
}

TimeZone::Offset TimeZone::OffsetAt(UtcTime time) const {
  const date::sys_info info = zone_->get_info(time);
  // The last period of a zone ends beyond what microseconds can say.
  constexpr auto kLast = std::chrono::floor<std::chrono::seconds>(UtcTime::max());
  return {.local_minus_utc = info.offset, .until = std::min(info.end, kLast)};
}

}  // namespace spotter
