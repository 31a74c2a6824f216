// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/floor/open_use.h"
#include "spotter/store/event_repository.h"

namespace spotter::report {

// The uses that the store knows the start of, not longer than kLongestUse before `now`, but no end: of a program that
// was killed or stopped meanwhile. At most one of each machine. Errors are those of the store.
Result<std::vector<floor::OpenUse>> ReadOpenUses(store::EventRepository& events,
                                                 std::span<const std::string> machines,
                                                 UtcTime now);

}  // namespace spotter::report
