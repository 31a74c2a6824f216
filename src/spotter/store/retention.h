// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/store/event_repository.h"
#include "spotter/store/retention_repository.h"

namespace spotter::store {

struct RetentionOptions {
  std::chrono::duration<double> clip_age{0};   // older clips go; 0 = no limit
  std::int64_t clip_bytes = 0;                 // high-water mark of all clips; 0 = no limit
  std::chrono::duration<double> event_age{0};  // older events go; 0 = no limit
  std::int64_t free_bytes = 0;                 // what the clips' disk keeps free for others; 0 = not looked at
};

struct RetentionSummary {
  std::int64_t clips_removed = 0;
  std::int64_t bytes_removed = 0;
  std::int64_t events_removed = 0;
};

// Keeps clips and events within their limits, oldest first; what is pinned stays and counts. A quota that is exceeded
// is worked down to nine tenths (the low-water mark), so that not every new clip removes an old one. One thread.
class Retention {
 public:
  // The repositories outlive it.
  Retention(RetentionRepository& repository, RetentionOptions options) : repository_(repository), options_(options) {}

  // Rows of clips whose files are all gone forget them. At the start, after a crash or somebody's tidying up. A folder
  // in which none of its clips is left is taken for a disk that is not mounted: its rows stay, with a warning.
  Result<std::int64_t> Reconcile();
  // One round.
  Result<RetentionSummary> Enforce(UtcTime now);

 private:
  bool IsOld(const StoredClip& clip, UtcTime now) const;
  Result<void> RemoveClip(const StoredClip& clip, RetentionSummary& summary);
  std::int64_t Surplus(const std::vector<StoredClip>& clips) const;
  Result<void> RemoveEvents(UtcTime now, RetentionSummary& summary);

  RetentionRepository& repository_;
  const RetentionOptions options_;
};

}  // namespace spotter::store
