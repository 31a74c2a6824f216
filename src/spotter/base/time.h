// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>

namespace spotter {

// Two clocks, two names. `Pts` is a time of the stream (0 = its first frame), `UtcTime` the UTC of capture. Durations
// and every rule of the analytics are differences of `Pts`; no stage reads a clock.
using Pts = std::chrono::microseconds;
using UtcTime = std::chrono::sys_time<std::chrono::microseconds>;

inline double ToSeconds(std::chrono::microseconds t) { return static_cast<double>(t.count()) * 1e-6; }

// Nearest microsecond.
inline std::chrono::microseconds FromSeconds(double seconds) {
  return std::chrono::microseconds(static_cast<std::int64_t>(std::llround(seconds * 1e6)));
}

}  // namespace spotter
