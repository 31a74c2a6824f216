// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/ids.h"
#include "spotter/core/rep.h"

namespace spotter {

// What one person did in a file.
struct PersonResult {
  PersonId person_id;
  std::vector<TrackId> track_ids;  // oldest first
  std::vector<Set> sets;           // by start time
};

// The result of one file: what `spotter count` prints (docs/formats/result.md).
struct FileResult {
  std::string source;
  std::chrono::microseconds duration{0};  // from the first to the last frame
  std::int64_t frames = 0;                // that gave a Perception
  std::vector<std::string> warnings;
  std::vector<PersonResult> people;  // everybody who did a set, in the order of the first one
};

}  // namespace spotter
