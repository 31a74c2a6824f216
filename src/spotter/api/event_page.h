// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/event_record.h"

namespace spotter::api {

// Of what senders attached to the events of a page: an answer is built in memory.
inline constexpr std::size_t kMaxPageBytes = std::size_t{16} << 20U;

struct EventPage {
  std::vector<StoredEvent> events;
  bool is_cut = false;  // the limit, of number or of bytes, ended it: there may be more
};

// Reads up to `limit` events behind `last` (nullptr = from the start).
using EventReader = std::function<Result<std::vector<StoredEvent>>(const StoredEvent* last, int limit)>;

// Up to `limit` (> 0) events in the reader's order. A page ends, too, with the event whose data reach kMaxPageBytes.
Result<EventPage> ReadEventPage(const EventReader& read, int limit);

}  // namespace spotter::api
