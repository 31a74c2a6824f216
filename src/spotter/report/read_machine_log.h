// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "spotter/base/result.h"
#include "spotter/floor/utilisation.h"
#include "spotter/report/machine_log.h"
#include "spotter/store/event_repository.h"

namespace spotter::report {

// The stored events that a report over `period` needs: uses that begin up to a day before it or end up to a day after,
// the last use before those, states, and cleaning of the eight weeks before its end, which the hygiene score looks back
// on. `machines`: zones that are to be there even without events. Errors are those of the store.
Result<MachineLog> ReadMachineLog(store::EventRepository& events,
                                  const floor::UtcSpan& period,
                                  std::span<const std::string> machines);

}  // namespace spotter::report
