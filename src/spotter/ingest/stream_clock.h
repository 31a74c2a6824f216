// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>

#include "spotter/base/time.h"

namespace spotter::ingest {

// When a picture was shown, as its stream and its arrival tell.
struct Stamp {
  std::optional<std::chrono::microseconds> timestamp;  // the stream's own clock, which may start anywhere
  std::chrono::microseconds step{0};                   // expected distance to the picture before; > 0
  std::optional<std::chrono::microseconds> arrived;    // live: a steady clock
};

// Maps the time stamps of one source to stream time: the first picture is 0, each one is later than the one before.
// Trusts time stamps that increase, however irregular (variable frame rate). Repairs those that are missing or go back
// from the expected step. A stream that starts over (a jump back, for live sources also one far ahead, a reconnect)
// continues behind what was: live by the time that really passed, else by one step. One thread.
class StreamClock {
 public:
  // A jump ahead by more than `longest_gap` is a new start; a file may have any gap.
  explicit StreamClock(std::chrono::microseconds longest_gap = std::chrono::microseconds::max())
      : longest_gap_(longest_gap) {}

  Pts Map(const Stamp& stamp);
  // The next picture comes from a new session with a clock of its own.
  void StartOver() { offset_.reset(); }

  std::uint64_t repaired() const { return repaired_; }

 private:
  Pts NextPts(const Stamp& stamp) const;
  Pts Continue(const Stamp& stamp);
  Pts Repair(const Stamp& stamp);
  Pts Settle(const Stamp& stamp, Pts pts);

  const std::chrono::microseconds longest_gap_;
  std::optional<Pts> last_pts_;
  std::optional<std::chrono::microseconds> last_timestamp_;
  std::optional<std::chrono::microseconds> offset_;  // pts = timestamp + offset
  std::optional<std::chrono::microseconds> first_arrival_;
  int stuck_ = 0;   // time stamps in a row that were not later
  int rising_ = 0;  // of these, how many in a row were later than the one before
  std::uint64_t repaired_ = 0;
};

}  // namespace spotter::ingest
