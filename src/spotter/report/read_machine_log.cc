// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/read_machine_log.h"

#include <utility>

namespace spotter::report {
namespace {

constexpr std::chrono::hours kLongestUse{24};
constexpr std::chrono::hours kHygieneMemory{56 * 24};  // eight half-lives of the score
constexpr int kPage = 500;

double Timestamp(UtcTime time) { return ToSeconds(time.time_since_epoch()); }

// Adds every event that the query finds, page by page.
Result<void> AddAll(store::EventRepository& events, store::EventQuery query, MachineLog& log) {
  query.limit = kPage;
  while (true) {
    const Result<std::vector<StoredEvent>> page = events.List(query);
    if (!page.ok()) return page.error();
    for (const StoredEvent& event : *page) log.Add(event.record);
    if (std::ssize(*page) < kPage) return {};
    query.after = store::EventCursor{.ts_utc = page->back().record.ts_utc, .seq = page->back().seq};
  }
}

store::EventQuery Events(const char* type, UtcTime from, UtcTime to) {
  store::EventQuery query;
  query.type = type;
  query.start_ts = Timestamp(from);
  query.end_ts = Timestamp(to);
  return query;
}

// The state in which the period found each machine.
Result<void> AddStatesBefore(store::EventRepository& events, UtcTime start, MachineLog& log) {
  const Result<std::vector<std::string>> zones = events.ZoneIds();
  if (!zones.ok()) return zones.error();
  for (const std::string& zone : *zones) {
    store::EventQuery query = Events("machine_state_changed", UtcTime{}, start);
    query.zone_id = zone;
    query.limit = 1;
    const Result<std::vector<StoredEvent>> last = events.List(query);
    if (!last.ok()) return last.error();
    log.AddMachine(zone);
    for (const StoredEvent& event : *last) log.Add(event.record);
  }
  return {};
}

}  // namespace

Result<MachineLog> ReadMachineLog(store::EventRepository& events,
                                  const floor::UtcSpan& period,
                                  std::span<const std::string> machines) {
  MachineLog log;
  for (const std::string& zone : machines) log.AddMachine(zone);
  if (Result<void> done = AddStatesBefore(events, period.start, log); !done.ok()) return done.error();
  const auto queries = {
      Events("machine_state_changed", period.start + std::chrono::microseconds{1}, period.end),
      Events("machine_occupied_start", period.start - kLongestUse, period.end),
      Events("machine_occupied_end", period.start, period.end + kLongestUse),
      Events("cleaning_window_closed", std::min(period.start, period.end - kHygieneMemory), period.end)};
  for (const store::EventQuery& query : queries) {
    if (Result<void> done = AddAll(events, query, log); !done.ok()) return done.error();
  }
  return log;
}

}  // namespace spotter::report
