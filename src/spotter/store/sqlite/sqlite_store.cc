// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/sqlite/sqlite_store.h"

#include <string>

#include "spotter/store/sqlite/connection.h"
#include "spotter/store/sqlite/migrations.h"
#include "spotter/store/sqlite/sqlite_cameras.h"
#include "spotter/store/sqlite/sqlite_enrichment.h"
#include "spotter/store/sqlite/sqlite_events.h"
#include "spotter/store/sqlite/sqlite_outbox.h"
#include "spotter/store/sqlite/sqlite_retention.h"

namespace spotter::store {
namespace {

constexpr const char* kMakeSecret =
    "INSERT INTO settings (name, value) VALUES ('secret', randomblob(32)) ON CONFLICT (name) DO NOTHING";

// Two connections: reading never waits for a commit to reach the disk.
class SqliteStore : public Store {
 public:
  SqliteStore(std::unique_ptr<Connection> writer, std::unique_ptr<Connection> reader, const StoreOptions& options)
      : writer_(std::move(writer)),
        reader_(std::move(reader)),
        events_(*writer_, *reader_, options.deliver, options.now),
        outbox_(*writer_, *reader_, options.path),
        enrichment_(*writer_),
        retention_(*writer_, *reader_),
        cameras_(*writer_, *reader_) {}

  EventRepository& events() override { return events_; }
  Outbox& outbox() override { return outbox_; }
  EnrichmentQueue& enrichment() override { return enrichment_; }
  RetentionRepository& retention() override { return retention_; }
  CameraRepository& cameras() override { return cameras_; }

  Result<std::string> Secret() override {
    return writer_->Run([](Connection& connection) {
      Query(connection, kMakeSecret).Execute();  // SQLite's generator is seeded by the system
      Query select(connection, "SELECT value FROM settings WHERE name = 'secret'");
      return select.Next() ? select[0].getString() : std::string();
    });
  }

 private:
  const std::unique_ptr<Connection> writer_;
  const std::unique_ptr<Connection> reader_;
  SqliteEvents events_;
  SqliteOutbox outbox_;
  SqliteEnrichment enrichment_;
  SqliteRetention retention_;
  SqliteCameras cameras_;
};

Result<std::unique_ptr<Connection>> Open(const StoreOptions& options, bool read_only) {
  try {
    return std::make_unique<Connection>(
        ConnectionOptions{.path = options.path, .read_only = read_only, .lock_wait = options.lock_wait});
  } catch (const SQLite::Exception& error) {
    return Connection::ToError(error, options.path);
  }
}

}  // namespace

Result<std::unique_ptr<Store>> OpenSqliteStore(const StoreOptions& options) {
  Result<std::unique_ptr<Connection>> writer = Open(options, /*read_only=*/false);
  if (!writer.ok()) return writer.error();
  if (Result<void> migrated = Migrate(**writer); !migrated.ok()) return migrated.error();
  Result<std::unique_ptr<Connection>> reader = Open(options, /*read_only=*/true);
  if (!reader.ok()) return reader.error();
  return std::unique_ptr<Store>(
      std::make_unique<SqliteStore>(std::move(writer).value(), std::move(reader).value(), options));
}

}  // namespace spotter::store
