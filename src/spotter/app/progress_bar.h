// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "spotter/base/time.h"

namespace spotter::app {

// When a command prints its result.
enum class Printing { kAtTheEnd, kLineByLine };

// One line on stderr that says how far a long run is: share, frames a second, time left. Silent when stderr is no
// terminal, and when lines of the result appear on the same terminal and say it themselves. One thread.
class ProgressBar {
 public:
  // `duration`: length of the stream where it is known.
  ProgressBar(std::string label, std::optional<std::chrono::microseconds> duration, Printing printing);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Update(Pts pts, std::int64_t frames);
  // Removes the line, so that the result stands alone.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;
  std::string Line(Pts pts, std::int64_t frames, double seconds) const;

  const std::string label_;
  const std::optional<std::chrono::microseconds> duration_;
  const bool enabled_;
  const Clock::time_point began_ = Clock::now();
  Clock::time_point drawn_{};
};

}  // namespace spotter::app
