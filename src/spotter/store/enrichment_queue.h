// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/core/event_record.h"

namespace spotter::store {

// One event whose evidence this worker looks at. Until the lease ends no other worker gets it.
struct EnrichmentJob {
  StoredEvent event;
  std::string worker;
  int attempt = 1;
};

// Events with needs_mm, oldest first. Any number of workers in any number of processes. Errors as of EventRepository.
class EnrichmentQueue {
 public:
  virtual ~EnrichmentQueue() = default;

  // The next event that is PENDING and not leased at `now`; nullopt when there is none. The lease ends at now +
  // `lease`.
  virtual Result<std::optional<EnrichmentJob>> Lease(std::string_view worker,
                                                     UtcTime now,
                                                     std::chrono::milliseconds lease) = 0;
  // Writes the outcome. False when the lease was lost to another worker meanwhile: the outcome is dropped then.
  virtual Result<bool> Complete(const EnrichmentJob& job, const Enrichment& outcome) = 0;
  // Gives the event back; it is not leased again before `not_before`. False as above.
  virtual Result<bool> Postpone(const EnrichmentJob& job, UtcTime not_before) = 0;
  // What was postponed may be leased at once; leases that are held stay.
  virtual Result<void> Recall() = 0;
  // Takes one of the `limit` (> 0) questions to a model that all workers together may ask on a day (UTC). False when
  // none is left.
  virtual Result<bool> TakeQuestion(std::chrono::sys_days day, int limit) = 0;
};

}  // namespace spotter::store
