// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>

#include "spotter/core/command.h"
#include "spotter/core/event.h"

namespace spotter::pipeline {

// Which events are worth a clip, and what it shows.
struct ClipRule {
  std::set<std::string, std::less<>> events;      // types: "rep_counted" ...
  std::chrono::microseconds pre_roll{4'000'000};  // before the event's true time
  std::chrono::microseconds post_roll{4'000'000};

  // nullopt = the event has no clip. An attempt to clean is shown to its end and post_roll beyond.
  std::optional<RecordClip> CommandFor(const Event& event) const;
};

}  // namespace spotter::pipeline
