// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/sqlite/sqlite_events.h"

#include <limits>
#include <string>

#include "spotter/base/utc.h"
#include "spotter/codec/floor_event_json.h"
#include "spotter/store/sqlite/rows.h"

namespace spotter::store {
namespace {

constexpr const char* kInsertEvent = R"sql(
INSERT INTO events (event_id, type, gym_id, camera_id, person_id, track_id, zone_id, ts_utc, pts_s, raised_pts_s, data,
  needs_mm, media_kind, media_path, media_start_ts_utc, media_end_ts_utc, mm_status, stored_ts_utc)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (event_id) DO NOTHING)sql";

constexpr const char* kInsertOutbox = "INSERT INTO outbox (seq) VALUES (last_insert_rowid())";

// From each zone to the next one in the index: a "loose index scan".
constexpr const char* kSelectZones = R"sql(
WITH RECURSIVE zones (id) AS (
  SELECT min(zone_id) FROM events WHERE zone_id > ''
  UNION ALL
  SELECT (SELECT min(zone_id) FROM events WHERE zone_id > zones.id) FROM zones WHERE zones.id IS NOT NULL)
SELECT id FROM zones WHERE id IS NOT NULL)sql";

constexpr double kInfinity = std::numeric_limits<double>::infinity();

const std::string kSelect = std::string("SELECT ") + kEventColumns + " FROM events e ";

std::vector<StoredEvent> ReadAll(Query& query) {
  std::vector<StoredEvent> events;
  while (query.Next()) events.push_back(ReadEvent(query));
  return events;
}

// The conditions whose values BindFilters binds, in its order. `row` is how they name a row of the table: "e." or
// "+e.".
std::string Filters(const EventQuery& query, const std::string& row) {
  std::string sql = " AND " + row + "ts_utc >= ? AND " + row + "ts_utc <= ?";
  if (!query.type.empty()) sql += " AND " + row + "type = ?";
  if (!query.camera_id.empty()) sql += " AND " + row + "camera_id = ?";
  if (!query.zone_id.empty()) sql += " AND " + row + "zone_id = ?";
  return sql;
}

// One statement for each set of filters that is used, so that SQLite picks the index that fits.
std::string ListStatement(const EventQuery& query) {
  return kSelect + "WHERE (e.ts_utc, e.seq) < (?, ?)" + Filters(query, "e.") +
         " ORDER BY e.ts_utc DESC, e.seq DESC LIMIT ?";
}

// The times, the ids and the limit, behind the first `index` values.
void BindFilters(SQLite::Statement& statement, const EventQuery& query, int index) {
  statement.bind(++index, query.start_ts.value_or(-kInfinity));
  statement.bind(++index, query.end_ts.value_or(kInfinity));
  for (const std::string* text : {&query.type, &query.camera_id, &query.zone_id}) {
    if (!text->empty()) statement.bind(++index, *text);
  }
  statement.bind(++index, query.limit);
}

void BindList(SQLite::Statement& statement, const EventQuery& query) {
  const EventCursor after = query.after.value_or(EventCursor{.ts_utc = kInfinity, .seq = 0});
  int index = 0;
  statement.bind(++index, after.ts_utc);
  statement.bind(++index, after.seq);
  BindFilters(statement, query, index);
}

// The plus signs keep SQLite from any index but that of seq: who follows reads what lies behind the last event seen,
// not all events of a type or a zone.
std::string FollowStatement(const EventQuery& query) {
  return kSelect + "WHERE e.seq > ?" + Filters(query, "+e.") + " ORDER BY e.seq LIMIT ?";
}

void BindFollow(SQLite::Statement& statement, std::int64_t seq, const EventQuery& query) {
  int index = 0;
  statement.bind(++index, seq);
  BindFilters(statement, query, index);
}

Result<void> FoundOrError(const Result<int>& changed, std::string_view event_id) {
  if (!changed.ok()) return changed.error();
  if (*changed == 0) return MakeError(ErrorCode::kNotFound, "no event has the id '{}'", event_id);
  return {};
}

}  // namespace

AppendOutcome SqliteEvents::Insert(Connection& connection, const EventRecord& record) const {
  Query insert(connection, kInsertEvent);
  const MediaRef& media = record.media;
  const std::string_view status = codec::ToString(record.needs_mm ? MmStatus::kPending : MmStatus::kSkipped);
  insert.Bind(record.event_id, record.type, record.gym_id, record.camera_id, record.person_id, record.track_id,
              record.zone_id, record.ts_utc, record.pts_s, record.raised_pts_s, record.data, record.needs_mm,
              media.kind, media.path, media.start_ts_utc, media.end_ts_utc, status, UnixSeconds(now_()));
  if (insert.Execute() == 0) return AppendOutcome::kDuplicate;
  if (deliver_ && deliver_(record.type)) Query(connection, kInsertOutbox).Execute();
  return AppendOutcome::kCreated;
}

Result<std::vector<AppendOutcome>> SqliteEvents::Append(std::span<const EventRecord> records) {
  return writer_.Run([&](Connection& connection) {
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    std::vector<AppendOutcome> outcomes;
    outcomes.reserve(records.size());
    for (const EventRecord& record : records) outcomes.push_back(Insert(connection, record));
    transaction.commit();
    return outcomes;
  });
}

Result<std::vector<StoredEvent>> SqliteEvents::List(const EventQuery& query) {
  return reader_.Run([&](Connection& connection) {
    Query select(connection, ListStatement(query));
    BindList(select.statement(), query);
    return ReadAll(select);
  });
}

Result<std::vector<StoredEvent>> SqliteEvents::ListAfter(std::int64_t seq, const EventQuery& query) {
  return reader_.Run([&](Connection& connection) {
    Query select(connection, FollowStatement(query));
    BindFollow(select.statement(), seq, query);
    return ReadAll(select);
  });
}

Result<std::optional<StoredEvent>> SqliteEvents::Find(std::string_view event_id) {
  return reader_.Run([&](Connection& connection) -> std::optional<StoredEvent> {
    Query select(connection, kSelect + "WHERE e.event_id = ?");
    select.Bind(event_id);
    if (!select.Next()) return std::nullopt;
    return ReadEvent(select);
  });
}

Result<std::vector<std::string>> SqliteEvents::ZoneIds() {
  return reader_.Run([](Connection& connection) {
    Query select(connection, kSelectZones);
    std::vector<std::string> ids;
    while (select.Next()) ids.push_back(select[0].getString());
    return ids;
  });
}

Result<void> SqliteEvents::SetMedia(std::string_view event_id, const ClipFile& clip) {
  return FoundOrError(writer_.Run([&](Connection& connection) {
    Query update(connection,
                 "UPDATE events SET media_path = ?, media_start_ts_utc = coalesce(?, media_start_ts_utc), "
                 "media_end_ts_utc = coalesce(?, media_end_ts_utc), clip_bytes = ? WHERE event_id = ?");
    return update.Bind(clip.path, clip.start_ts_utc, clip.end_ts_utc, clip.bytes, event_id).Execute();
  }),
                      event_id);
}

Result<void> SqliteEvents::SetPinned(std::string_view event_id, bool pinned) {
  return FoundOrError(writer_.Run([&](Connection& connection) {
    Query update(connection, "UPDATE events SET pinned = ? WHERE event_id = ?");
    return update.Bind(pinned, event_id).Execute();
  }),
                      event_id);
}

}  // namespace spotter::store
