// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/sqlite/sqlite_enrichment.h"

#include <string>

#include "spotter/codec/floor_event_json.h"
#include "spotter/store/sqlite/rows.h"

namespace spotter::store {
namespace {

// The `attempt` number tells the holder of a lease from an earlier one, even of the same worker.
constexpr const char* kStillHeld = " WHERE seq = ? AND mm_status = 'PENDING' AND mm_worker = ? AND mm_attempts = ?";

std::int64_t Microseconds(UtcTime time) { return time.time_since_epoch().count(); }

}  // namespace

Result<std::optional<EnrichmentJob>> SqliteEnrichment::Lease(std::string_view worker,
                                                             UtcTime now,
                                                             std::chrono::milliseconds lease) {
  return writer_.Run([&](Connection& connection) -> std::optional<EnrichmentJob> {
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    EnrichmentJob job;
    {
      Query select(connection, std::string("SELECT ") + kEventColumns +
                                   ", e.mm_attempts FROM events e WHERE e.mm_status = 'PENDING' AND "
                                   "e.mm_lease_until_us <= ? ORDER BY e.mm_lease_until_us, e.seq LIMIT 1");
      select.Bind(Microseconds(now));
      if (!select.Next()) return std::nullopt;
      job.event = ReadEvent(select);
      job.attempt = select[kEventColumnCount].getInt() + 1;
    }
    job.worker = worker;
    Query(connection, "UPDATE events SET mm_worker = ?, mm_lease_until_us = ?, mm_attempts = ? WHERE seq = ?")
        .Bind(worker, Microseconds(now + lease), job.attempt, job.event.seq)
        .Execute();
    transaction.commit();
    return job;
  });
}

Result<bool> SqliteEnrichment::Complete(const EnrichmentJob& job, const Enrichment& outcome) {
  return writer_.Run([&](Connection& connection) {
    Query update(connection, std::string("UPDATE events SET mm_status = ?, mm_description = ?, mm_labels = ?, "
                                         "mm_confidence = ?, mm_worker = NULL") +
                                 kStillHeld);
    update.Bind(codec::ToString(outcome.status), outcome.description, LabelsToText(outcome.labels), outcome.confidence,
                job.event.seq, job.worker, job.attempt);
    return update.Execute() > 0;
  });
}

Result<bool> SqliteEnrichment::Postpone(const EnrichmentJob& job, UtcTime not_before) {
  return writer_.Run([&](Connection& connection) {
    Query update(connection, std::string("UPDATE events SET mm_worker = NULL, mm_lease_until_us = ?") + kStillHeld);
    return update.Bind(Microseconds(not_before), job.event.seq, job.worker, job.attempt).Execute() > 0;
  });
}

Result<void> SqliteEnrichment::Recall() {
  return writer_.Run([](Connection& connection) {
    Query(connection, "UPDATE events SET mm_lease_until_us = 0 WHERE mm_status = 'PENDING' AND mm_worker IS NULL")
        .Execute();
  });
}

Result<bool> SqliteEnrichment::TakeQuestion(std::chrono::sys_days day, int limit) {
  return writer_.Run([&](Connection& connection) {
    const std::int64_t number = day.time_since_epoch().count();
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    Query(connection, "DELETE FROM questions WHERE day < ?").Bind(number).Execute();
    Query take(connection,
               "INSERT INTO questions (day, asked) VALUES (?, 1) "
               "ON CONFLICT (day) DO UPDATE SET asked = asked + 1 WHERE asked < ?");
    const bool taken = take.Bind(number, limit).Execute() > 0;
    transaction.commit();
    return taken;
  });
}

}  // namespace spotter::store
