// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/open_uses.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "spotter/base/utc.h"
#include "spotter/report/machine_log.h"

namespace spotter::report {
namespace {

constexpr double kLongestUntilKnown_s = 3600;  // NOLINT(readability-identifier-naming): of what another sender wrote

// The newest event of the query's kind in the last day; none when there is none.
Result<std::optional<EventRecord>> Newest(store::EventRepository& events, store::EventQuery query, UtcTime now) {
  query.start_ts = UnixSeconds(now - kLongestUse);
  query.end_ts = UnixSeconds(now);
  query.limit = 1;
  Result<std::vector<StoredEvent>> found = events.List(query);
  if (!found.ok()) return found.error();
  if (found->empty()) return std::optional<EventRecord>();
  return std::optional<EventRecord>(std::move(found->front().record));
}

UtcTime TimeOf(const EventRecord& record) { return FromUnixSeconds(record.ts_utc); }

// When the start became known, somebody was still there; not after `now`.
UtcTime AnnouncedAt(const EventRecord& start, UtcTime now) {
  const double later = start.raised_pts_s.value_or(0) - start.pts_s.value_or(0);
  return std::min(now, TimeOf(start) + FromSeconds(std::clamp(later, 0.0, kLongestUntilKnown_s)));
}

}  // namespace

Result<std::vector<floor::OpenUse>> ReadOpenUses(store::EventRepository& events,
                                                 std::span<const std::string> machines,
                                                 UtcTime now) {
  std::vector<floor::OpenUse> uses;
  for (const std::string& machine : machines) {
    store::EventQuery query;
    query.zone_id = machine;
    query.type = "machine_occupied_start";
    const Result<std::optional<EventRecord>> start = Newest(events, query, now);
    if (!start.ok()) return start.error();
    query.type = "machine_occupied_end";
    const Result<std::optional<EventRecord>> end = Newest(events, query, now);
    if (!end.ok()) return end.error();
    if (!*start || (*end && (*end)->ts_utc > (*start)->ts_utc)) continue;
    // When the run told the last thing of this machine, it had told no end.
    query.type.clear();
    const Result<std::optional<EventRecord>> last = Newest(events, query, now);
    if (!last.ok()) return last.error();
    const UtcTime told = *last ? TimeOf(**last) : TimeOf(**start);
    uses.push_back({.zone_id = ZoneId(machine),
                    .start = TimeOf(**start),
                    .known_until = std::max(AnnouncedAt(**start, now), told)});
  }
  return uses;
}

}  // namespace spotter::report
