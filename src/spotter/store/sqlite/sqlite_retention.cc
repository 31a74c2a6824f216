// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/sqlite/sqlite_retention.h"

namespace spotter::store {

Result<std::vector<StoredClip>> SqliteRetention::Clips() {
  return reader_.Run([](Connection& connection) {
    std::vector<StoredClip> clips;
    Query select(connection,
                 "SELECT event_id, media_path, stored_ts_utc, clip_bytes, pinned FROM events "
                 "WHERE clip_bytes IS NOT NULL ORDER BY stored_ts_utc, seq");
    while (select.Next()) {
      clips.push_back({.event_id = select[0].getString(),
                       .path = select[1].getString(),
                       .stored_ts_utc = select[2].getDouble(),
                       .bytes = select[3].getInt64(),
                       .pinned = select[4].getInt() != 0});
    }
    return clips;
  });
}

Result<void> SqliteRetention::ForgetClip(const std::string& event_id) {
  return writer_.Run([&](Connection& connection) {
    Query(connection, "UPDATE events SET clip_bytes = NULL, media_path = '' WHERE event_id = ?")
        .Bind(event_id)
        .Execute();
  });
}

Result<std::int64_t> SqliteRetention::RemoveEventsBefore(double stored_ts_utc, int limit) {
  return writer_.Run([&](Connection& connection) -> std::int64_t {
    Query remove(
        connection,
        "DELETE FROM events WHERE seq IN (SELECT e.seq FROM events e WHERE e.stored_ts_utc < ? AND e.pinned = 0 "
        "AND e.clip_bytes IS NULL AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.seq = e.seq) "
        "ORDER BY e.stored_ts_utc LIMIT ?)");
    return remove.Bind(stored_ts_utc, limit).Execute();
  });
}

}  // namespace spotter::store
