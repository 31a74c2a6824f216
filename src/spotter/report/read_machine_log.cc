// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/read_machine_log.h"

#include <utility>

#include "spotter/base/utc.h"

namespace spotter::report {
namespace {

constexpr std::chrono::hours kHygieneMemory{56 * 24};  // eight half-lives of the score
constexpr int kPage = 500;

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
  query.start_ts = UnixSeconds(from);
  query.end_ts = UnixSeconds(to);
  return query;
}

struct LastOfKind {
  const char* type = nullptr;
  UtcTime until;
};

// The last event of the kind that a zone had by `until`.
Result<void> AddLast(store::EventRepository& events, const std::string& zone, const LastOfKind& last, MachineLog& log) {
  store::EventQuery query = Events(last.type, UtcTime{}, last.until);
  query.zone_id = zone;
  query.limit = 1;
  const Result<std::vector<StoredEvent>> found = events.List(query);
  if (!found.ok()) return found.error();
  for (const StoredEvent& event : *found) log.Add(event.record);
  return {};
}

// The state in which the period found each machine, or what tells it of a program that tells no states.
Result<void> AddWhatCameBefore(store::EventRepository& events, const floor::UtcSpan& period, MachineLog& log) {
  const Result<std::vector<std::string>> zones = events.ZoneIds();
  if (!zones.ok()) return zones.error();
  const UtcTime uses_from = period.start - kLongestUse;
  const std::initializer_list<LastOfKind> kinds = {{"machine_state_changed", period.start},
                                                   {"machine_occupied_start", uses_from},
                                                   {"machine_occupied_end", uses_from},
                                                   {"cleaning_window_open", period.end}};
  for (const std::string& zone : *zones) {
    log.AddMachine(zone);
    for (const LastOfKind& last : kinds) {
      if (Result<void> done = AddLast(events, zone, last, log); !done.ok()) return done.error();
    }
  }
  return {};
}

}  // namespace

Result<MachineLog> ReadMachineLog(store::EventRepository& events,
                                  const floor::UtcSpan& period,
                                  std::span<const std::string> machines) {
  MachineLog log;
  for (const std::string& zone : machines) log.AddMachine(zone);
  if (Result<void> done = AddWhatCameBefore(events, period, log); !done.ok()) return done.error();
  constexpr std::chrono::microseconds kNext{1};  // what AddWhatCameBefore read is not read again
  const UtcTime uses_from = period.start - kLongestUse + kNext;
  const auto queries = {
      Events("machine_state_changed", period.start + kNext, period.end),
      Events("machine_occupied_start", uses_from, period.end),
      Events("machine_occupied_end", uses_from, period.end + kLongestUse),
      Events("cleaning_window_closed", std::min(period.start, period.end - kHygieneMemory), period.end)};
  for (const store::EventQuery& query : queries) {
    if (Result<void> done = AddAll(events, query, log); !done.ok()) return done.error();
  }
  return log;
}

}  // namespace spotter::report
