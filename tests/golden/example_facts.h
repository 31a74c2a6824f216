// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/core/event.h"
#include "spotter/core/file_result.h"
#include "spotter/core/perception.h"

namespace spotter::golden {

// One of each fact, with every field that may be there or not: the contents of the golden files beside this header and
// of the examples in docs/formats. Changing the wire form shows up as a changed golden file.
std::vector<Perception> ExamplePerceptions();
std::vector<Event> ExampleEvents();
FileResult ExampleResult();

}  // namespace spotter::golden
