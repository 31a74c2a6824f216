// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "spotter/base/time.h"

namespace spotter::render {

// Stream time as "0:12.4" or "1:02:03.4", cut as a clock that runs; before the stream's beginning it is "0:00.0".
std::string FormatTime(Pts pts);

// How long something has lasted: "0:05", "75:00"; a negative length is "0:00".
std::string FormatLength(std::chrono::microseconds length);

}  // namespace spotter::render
