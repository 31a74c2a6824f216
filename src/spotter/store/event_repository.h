// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/event_record.h"

namespace spotter::store {

enum class AppendOutcome { kCreated, kDuplicate };

// Where a page of List ended: the next one begins behind it.
struct EventCursor {
  double ts_utc = 0;
  std::int64_t seq = 0;
};

// Which events; a List has the newest first (by ts_utc, then seq). Empty texts and absent values do not restrict.
struct EventQuery {
  std::string type;  // snake_case
  std::string camera_id;
  std::string zone_id;
  std::optional<double> start_ts;  // inclusive
  std::optional<double> end_ts;    // inclusive
  std::optional<EventCursor> after;
  int limit = 200;  // > 0
};

// A finished clip of an event, or what is left on the disk where there is none: metadata with the reason, poses.
struct ClipFile {
  std::string path;                    // of the video, be it there or not
  std::optional<double> start_ts_utc;  // nullopt = there is no video: the event keeps the times that it has
  std::optional<double> end_ts_utc;
  std::int64_t bytes = 0;  // of all the files
};

// The events. Implementations are thread-safe; several processes may use one store at the same time.
// Errors: kUnwritable = disk full or no right to write, kUnavailable = locked by another program for longer than the
// store waits, kUnreadable = damaged.
class EventRepository {
 public:
  virtual ~EventRepository() = default;

  // Makes all records durable in one transaction, each with its outbox row where the store has a receiver. When this
  // returns without an error, no crash loses them. A record whose event_id is known changes nothing, whatever else it
  // says. One outcome for each record.
  virtual Result<std::vector<AppendOutcome>> Append(std::span<const EventRecord> records) = 0;

  virtual Result<std::vector<StoredEvent>> List(const EventQuery& query) = 0;
  // In the order of storing, those behind `seq`, for followers that must not miss one. `after` of the query is not
  // used.
  virtual Result<std::vector<StoredEvent>> ListAfter(std::int64_t seq, const EventQuery& query) = 0;
  virtual Result<std::optional<StoredEvent>> Find(std::string_view event_id) = 0;
  // Every zone that events are about, sorted. Its cost depends on the number of zones, not of events.
  virtual Result<std::vector<std::string>> ZoneIds() = 0;

  // Records the files of an event's clip: retention counts and removes them from now on. kNotFound when there is no
  // such event.
  virtual Result<void> SetMedia(std::string_view event_id, const ClipFile& clip) = 0;
  // Pinned events and their clips are never removed by retention.
  virtual Result<void> SetPinned(std::string_view event_id, bool pinned) = 0;
};

}  // namespace spotter::store
