// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "spotter/base/result.h"

namespace spotter::store {

// A clip that a row knows, or what is left of one that failed.
struct StoredClip {
  std::string event_id;
  std::string path;
  double stored_ts_utc = 0;  // when the event was stored, not when it happened: a video may be of any year
  std::int64_t bytes = 0;
  bool pinned = false;
};

// What retention needs to see and to remove. Thread-safe. Errors as of EventRepository.
class RetentionRepository {
 public:
  virtual ~RetentionRepository() = default;

  // Every recorded clip (SetMedia) that is not forgotten, the one stored first leading.
  virtual Result<std::vector<StoredClip>> Clips() = 0;
  // The clip's files are gone: the event has no clip from now on.
  virtual Result<void> ForgetClip(const std::string& event_id) = 0;

  // Removes up to `limit` events stored before `stored_ts_utc` that are neither pinned nor waiting for delivery nor own
  // a clip. Returns how many went.
  virtual Result<std::int64_t> RemoveEventsBefore(double stored_ts_utc, int limit) = 0;
};

}  // namespace spotter::store
