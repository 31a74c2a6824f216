// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/core/event_record.h"

namespace spotter::store {

// An event that waits for its delivery.
struct OutboxEntry {
  std::int64_t id = 0;  // counts up: the order of delivery within a zone
  int attempts = 0;
  std::string last_error;  // empty before the first failure
  StoredEvent event;
};

struct OutboxCounts {
  std::int64_t waiting = 0;
  std::int64_t dead = 0;
};

// What is to be delivered elsewhere. Rows are written by EventRepository::Append together with the event. Thread-safe.
// Errors as of EventRepository.
class Outbox {
 public:
  virtual ~Outbox() = default;

  // Takes the delivery for this object, until it is gone. False while another one has it, in this process or another:
  // two that deliver at the same time would break the order within a zone.
  virtual Result<bool> Claim() = 0;

  // Queues stored events for delivery, in this order; those that wait already stay where they are. Returns how many are
  // new.
  virtual Result<std::int64_t> Add(std::span<const std::int64_t> seqs) = 0;
  // Waiting entries with an id above `after_id`, in the order of their ids.
  virtual Result<std::vector<OutboxEntry>> Waiting(std::int64_t after_id, int limit) = 0;
  // The receiver has them: the rows go.
  virtual Result<void> MarkDelivered(const std::vector<std::int64_t>& ids) = 0;
  // It did not work and will be tried again.
  virtual Result<void> MarkFailed(std::int64_t id, std::string_view reason) = 0;
  // The receiver will never take it: kept aside as a dead letter.
  virtual Result<void> MarkDead(std::int64_t id, std::string_view reason) = 0;

  virtual Result<std::vector<OutboxEntry>> DeadLetters(int limit) = 0;
  // Dead letters wait again, in their old order. Returns how many.
  virtual Result<std::int64_t> Revive() = 0;
  virtual Result<OutboxCounts> Count() = 0;
};

}  // namespace spotter::store
