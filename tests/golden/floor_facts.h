// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/core/event.h"

namespace spotter::golden {

// One event of each kind that floor/ makes: somebody uses a bench, is followed by another, who cleans it.
std::vector<Event> ExampleFloorEvents();

}  // namespace spotter::golden
