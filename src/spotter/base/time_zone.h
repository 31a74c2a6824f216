// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "spotter/base/result.h"
#include "spotter/base/time.h"

namespace date {
class time_zone;
}

namespace spotter {

// A civil time zone of the system's tz database, with its summer time. Everything inside Spotter is UTC; this is for
// what a gym calls an hour or a day. Cheap to copy; any thread.
class TimeZone {
 public:
  // `name`: an IANA name such as "Europe/Madrid". Error: not in the database, or there is none.
  static Result<TimeZone> Load(const std::string& name);

  struct Offset {
    std::chrono::seconds local_minus_utc{0};
    UtcTime until;  // the offset holds up to here
  };
  Offset OffsetAt(UtcTime time) const;

 private:
  explicit TimeZone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;  // lives as long as the program
};

}  // namespace spotter
