// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/sqlite/migrations.h"

#include <array>
#include <string>

namespace spotter::store {
namespace {

constexpr int kApplicationId = 0x53504F54;  // "SPOT", in the file's header

// Step i leads from version i to i + 1 (PRAGMA user_version). Steps that were released never change.
constexpr auto kSteps = std::to_array<const char*>({
    R"sql(
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  gym_id TEXT NOT NULL,
  camera_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  track_id TEXT NOT NULL,
  zone_id TEXT NOT NULL,
  ts_utc REAL NOT NULL,
  pts_s REAL,
  raised_pts_s REAL,
  data TEXT NOT NULL,
  needs_mm INTEGER NOT NULL,
  media_kind TEXT NOT NULL,
  media_path TEXT NOT NULL,
  media_start_ts_utc REAL NOT NULL,
  media_end_ts_utc REAL NOT NULL,
  clip_bytes INTEGER,                        -- NULL: no finished clip was recorded
  pinned INTEGER NOT NULL DEFAULT 0,
  mm_status TEXT NOT NULL CHECK (mm_status IN ('PENDING', 'SKIPPED', 'DONE', 'FAILED')),
  mm_description TEXT,
  mm_labels TEXT NOT NULL DEFAULT '[]',
  mm_confidence REAL,
  mm_worker TEXT,                            -- who holds the lease
  mm_lease_until_us INTEGER NOT NULL DEFAULT 0,
  mm_attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX events_by_time ON events (ts_utc, seq);
CREATE INDEX events_by_type ON events (type, ts_utc, seq);
CREATE INDEX events_by_zone ON events (zone_id, ts_utc, seq);
CREATE INDEX events_to_enrich ON events (mm_lease_until_us, seq) WHERE mm_status = 'PENDING';
CREATE INDEX events_with_clip ON events (ts_utc) WHERE clip_bytes IS NOT NULL;
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL UNIQUE REFERENCES events (seq),
  dead INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_by_state ON outbox (dead, id);
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
CREATE TABLE questions (  -- to a vision model
  day INTEGER PRIMARY KEY,  -- since 1970-01-01 UTC
  asked INTEGER NOT NULL
) STRICT;
)sql",
    R"sql(
CREATE TABLE cameras (  -- live ones
  camera_id TEXT PRIMARY KEY,
  last_frame_ts_utc REAL NOT NULL
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
ALTER TABLE events ADD COLUMN stored_ts_utc REAL NOT NULL DEFAULT 0;  -- a video's events may be of any year
UPDATE events SET stored_ts_utc = CASE  -- of those from before 2015 nobody knows; none is from the future
  WHEN ts_utc BETWEEN 1420070400 AND CAST(strftime('%s', 'now') AS REAL) THEN ts_utc
  ELSE CAST(strftime('%s', 'now') AS REAL) END;
CREATE INDEX events_by_stored ON events (stored_ts_utc);
DROP INDEX events_with_clip;
CREATE INDEX events_with_clip ON events (stored_ts_utc, seq) WHERE clip_bytes IS NOT NULL;
)sql",
});

constexpr int kNewestVersion = static_cast<int>(kSteps.size());
constexpr int kForeign = -1;

int Pragma(Connection& connection, const std::string& name) {
  return connection.database().execAndGet("PRAGMA " + name).getInt();
}

bool HasTables(Connection& connection) {
  return connection.database().execAndGet("SELECT count(*) FROM sqlite_master").getInt() > 0;
}

void SetPragma(Connection& connection, const std::string& name, int value) {
  connection.database().exec("PRAGMA " + name + " = " + std::to_string(value));
}

// Runs the next step, unless another process was faster. Returns the version then, kForeign for another program's file.
int Step(Connection& connection) {
  SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
  const int version = Pragma(connection, "user_version");
  if (Pragma(connection, "application_id") != kApplicationId) {
    if (HasTables(connection)) return kForeign;
    SetPragma(connection, "application_id", kApplicationId);
  }
  if (version >= kNewestVersion) return version;
  connection.database().exec(kSteps[static_cast<std::size_t>(version)]);
  SetPragma(connection, "user_version", version + 1);
  transaction.commit();
  return version + 1;
}

int MigrateAll(Connection& connection) {
  const bool ours = Pragma(connection, "application_id") == kApplicationId;
  int version = ours ? Pragma(connection, "user_version") : 0;
  while (version >= 0 && version < kNewestVersion) version = Step(connection);
  return version;
}

}  // namespace

Result<void> Migrate(Connection& connection) {
  const Result<int> version = connection.Run(MigrateAll);
  if (!version.ok()) return version.error();
  if (*version == kForeign) {
    return MakeError(ErrorCode::kInvalidArgument, "{} is the database of another program; name another store path",
                     connection.database().getFilename());
  }
  if (*version > kNewestVersion) {
    return MakeError(ErrorCode::kInvalidArgument, "{} was written by a newer Spotter (layout {}, this one knows {})",
                     connection.database().getFilename(), *version, kNewestVersion);
  }
  return {};
}

}  // namespace spotter::store
