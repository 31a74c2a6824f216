// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "spotter/core/event_record.h"

namespace spotter::enrich {

// What was measured of somebody's hands at a machine: the `data` of a cleaning_attempt (docs/formats/event.md).
struct WipingEvidence {
  double wiping_s = 0;    // hands went to and fro over the machine
  int sweeps = 0;         // strokes in one direction
  double extent_m = 0;    // the longest way across that the hands' path covered
  double confidence = 0;  // of the measurement, [0, 1]
  std::string verdict;    // "cleaned", "not_cleaned", "unknown" as the floor saw it
  bool by_user = false;   // by one of those who used the machine last
};

// nullopt when the event brings no such measurement (an event of another maker).
std::optional<WipingEvidence> ReadEvidence(std::string_view data);

// The built-in look at it: verdict, description and labels from the measurement alone.
Enrichment Judge(const WipingEvidence& evidence);

}  // namespace spotter::enrich
