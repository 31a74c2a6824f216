// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/base/time.h"

namespace spotter::codec {

// Appends `value` with at most `decimals` digits behind the point and no trailing zeros: 0.5, 12, -3.25.
void AppendNumber(std::string& out, double value, int decimals);

// Seconds with at most six decimals: exact for a Pts.
void AppendSeconds(std::string& out, std::chrono::microseconds time);

}  // namespace spotter::codec
