// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "spotter/core/zone.h"
#include "spotter/floor/floor_finding.h"
#include "spotter/floor/wipe_watch.h"

namespace spotter::floor {

// Whether one machine is cleaned after use. A window opens when a use ends; attempts count for it when they happen
// within it, or before it and after the last exercise of the use. It closes when an attempt cleaned the machine, when
// somebody exercises on it again, or when its time is over. `blind` = how long no camera has looked, in all. One owner,
// not thread safe.
class Cleaning {
 public:
  explicit Cleaning(const Zone& zone) : window_(zone.cleaning_window) {}

  // An attempt is over.
  FloorFinding Attempt(const Wipe& wipe, bool by_user);
  // A use has ended; `end` is its finding (MachineOccupiedEnd). `exercised_at`: when somebody last exercised in it.
  std::vector<FloorFinding> UseEnded(const FloorFinding& end,
                                     std::chrono::microseconds blind,
                                     std::optional<Pts> exercised_at);
  // `exercised_at`: when somebody last exercised in the zone.
  std::vector<FloorFinding> Update(Pts now, std::chrono::microseconds blind, std::optional<Pts> exercised_at);

  // Used, and not cleaned since, as far as was seen.
  bool dirty() const { return dirty_; }

 private:
  struct Known {
    Pts start{0};
    Pts end{0};
    WipeVerdict judged;
    bool counted = false;  // for a window that is closed
  };
  struct Window {
    Pts start{0};
    std::chrono::microseconds blind{0};  // up to `start`
    FloorFinding opened_by;
  };

  bool IsCleaned() const;
  Pts CleanedAt() const;
  FloorFinding Close(Pts at, double watched);

  std::chrono::microseconds window_;
  std::vector<Known> attempts_;  // that count for the open window, or for the next
  std::optional<Window> open_;
  bool dirty_ = false;
};

}  // namespace spotter::floor
