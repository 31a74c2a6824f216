// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/sqlite/sqlite_outbox.h"

#include <string>

#include "spotter/store/sqlite/rows.h"

namespace spotter::store {
namespace {

const std::string kSelectEntries = std::string("SELECT ") + kEventColumns +
                                   ", o.id, o.attempts, o.last_error FROM outbox o JOIN events e ON e.seq = o.seq "
                                   "WHERE o.dead = ? AND o.id > ? ORDER BY o.id LIMIT ?";

}  // namespace

Result<std::vector<OutboxEntry>> SqliteOutbox::Read(const Page& page) {
  return reader_.Run([&](Connection& connection) {
    std::vector<OutboxEntry> entries;
    Query select(connection, kSelectEntries);
    select.Bind(page.dead, page.after_id, page.limit);
    while (select.Next()) {
      OutboxEntry entry;
      entry.event = ReadEvent(select);
      entry.id = select[kEventColumnCount].getInt64();
      entry.attempts = select[kEventColumnCount + 1].getInt();
      entry.last_error = select[kEventColumnCount + 2].getString();
      entries.push_back(std::move(entry));
    }
    return entries;
  });
}

Result<bool> SqliteOutbox::Claim() {
  const std::lock_guard lock(claim_mutex_);
  if (claim_) return true;
  Result<std::optional<FileLock>> taken = FileLock::TryLock(lock_path_);
  if (!taken.ok()) return taken.error();
  claim_ = std::move(taken).value();
  return claim_.has_value();
}

Result<std::int64_t> SqliteOutbox::Add(std::span<const std::int64_t> seqs) {
  return writer_.Run([&](Connection& connection) -> std::int64_t {
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    std::int64_t added = 0;
    for (const std::int64_t seq : seqs) {
      // Retention may have removed the event in between.
      Query insert(connection,
                   "INSERT INTO outbox (seq) SELECT seq FROM events WHERE seq = ? ON CONFLICT (seq) DO NOTHING");
      added += insert.Bind(seq).Execute();
    }
    transaction.commit();
    return added;
  });
}

Result<std::vector<OutboxEntry>> SqliteOutbox::Waiting(std::int64_t after_id, int limit) {
  return Read({.dead = false, .after_id = after_id, .limit = limit});
}

Result<std::vector<OutboxEntry>> SqliteOutbox::DeadLetters(int limit) {
  return Read({.dead = true, .after_id = 0, .limit = limit});
}

Result<void> SqliteOutbox::MarkDelivered(const std::vector<std::int64_t>& ids) {
  return writer_.Run([&](Connection& connection) {
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const std::int64_t id : ids) Query(connection, "DELETE FROM outbox WHERE id = ?").Bind(id).Execute();
    transaction.commit();
  });
}

Result<void> SqliteOutbox::MarkFailed(std::int64_t id, std::string_view reason) {
  return writer_.Run([&](Connection& connection) {
    Query update(connection, "UPDATE outbox SET attempts = attempts + 1, last_error = ? WHERE id = ?");
    update.Bind(reason, id).Execute();
  });
}

Result<void> SqliteOutbox::MarkDead(std::int64_t id, std::string_view reason) {
  return writer_.Run([&](Connection& connection) {
    Query update(connection, "UPDATE outbox SET attempts = attempts + 1, last_error = ?, dead = 1 WHERE id = ?");
    update.Bind(reason, id).Execute();
  });
}

Result<std::int64_t> SqliteOutbox::Revive() {
  return writer_.Run([](Connection& connection) -> std::int64_t {
    return Query(connection, "UPDATE outbox SET dead = 0, attempts = 0 WHERE dead = 1").Execute();
  });
}

Result<OutboxCounts> SqliteOutbox::Count() {
  return reader_.Run([](Connection& connection) {
    OutboxCounts counts;
    Query select(connection, "SELECT coalesce(sum(dead = 0), 0), coalesce(sum(dead = 1), 0) FROM outbox");
    if (select.Next()) {
      counts.waiting = select[0].getInt64();
      counts.dead = select[1].getInt64();
    }
    return counts;
  });
}

}  // namespace spotter::store
