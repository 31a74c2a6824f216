// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/sqlite/connection.h"

#include <sqlite3.h>

namespace spotter::store {

Connection::Connection(const ConnectionOptions& options)
    : path_(options.path),
      database_(options.path.string(),
                options.read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                static_cast<int>(options.lock_wait.count())) {
  if (options.read_only) return;
  // WAL: readers and the writer do not wait for each other. FULL: a commit is on the disk before it is reported, so
  // that not even a power cut takes back what was acknowledged.
  database_.exec("PRAGMA journal_mode = WAL");
  database_.exec("PRAGMA synchronous = FULL");
  database_.exec("PRAGMA foreign_keys = ON");
  database_.exec("PRAGMA journal_size_limit = 67108864");
}

SQLite::Statement& Connection::Prepared(const std::string& sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second;
  return statements_.emplace(sql, SQLite::Statement(database_, sql)).first->second;
}

Error Connection::ToError(const SQLite::Exception& error, const std::filesystem::path& path) {
  const std::string file = path.string();
  switch (error.getErrorCode()) {
    case SQLITE_FULL:
      return MakeError(ErrorCode::kUnwritable, "{} cannot grow: the disk is full; free some space", file);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return MakeError(ErrorCode::kUnavailable, "{} is locked by another program; try again when it is done", file);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return MakeError(ErrorCode::kUnreadable,
                       "{} is damaged or no SQLite database ({}); move it away or put a backup in its place", file,
                       error.what());
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return MakeError(ErrorCode::kUnwritable, "{} cannot be opened for writing: check that its folder exists and {}",
                       file, "that it and the folder are writable");
    case SQLITE_IOERR:
      return MakeError(ErrorCode::kUnwritable, "{}: reading or writing failed ({}); is the disk full or broken?", file,
                       error.what());
    default:
      return MakeError(ErrorCode::kInternal, "{}: {}", file, error.what());
  }
}

}  // namespace spotter::store
