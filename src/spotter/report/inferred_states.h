// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/report/machine_log.h"

namespace spotter::report {

// The states that follow from a machine's uses and cleaning windows, for a program that tells none: in use, needs
// cleaning while a window is open, free. Oldest first; a window may end after `now`. Where the end of a use was lost,
// nobody knows what came after it: blind. `history`: of MachineLog::Histories(now).
std::vector<MachineStateSince> InferStates(const MachineHistory& history, UtcTime now);

}  // namespace spotter::report
