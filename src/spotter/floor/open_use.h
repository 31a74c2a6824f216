// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/base/time.h"
#include "spotter/core/ids.h"

namespace spotter::floor {

// A use that an earlier run of the program has told the start of, but not the end.
struct OpenUse {
  ZoneId zone_id;
  UtcTime start;
  UtcTime known_until;  // somebody was there, as far as that run saw; >= start
};

}  // namespace spotter::floor
