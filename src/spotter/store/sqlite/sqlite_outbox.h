// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "spotter/base/file_lock.h"
#include "spotter/store/outbox.h"
#include "spotter/store/sqlite/connection.h"

namespace spotter::store {

class SqliteOutbox : public Outbox {
 public:
  // The connections outlive it. `database` is their file.
  SqliteOutbox(Connection& writer, Connection& reader, std::filesystem::path database)
      : writer_(writer), reader_(reader), lock_path_(std::move(database) += "-relay") {}

  Result<bool> Claim() override;
  Result<std::int64_t> Add(std::span<const std::int64_t> seqs) override;
  Result<std::vector<OutboxEntry>> Waiting(std::int64_t after_id, int limit) override;
  Result<void> MarkDelivered(const std::vector<std::int64_t>& ids) override;
  Result<void> MarkFailed(std::int64_t id, std::string_view reason) override;
  Result<void> MarkDead(std::int64_t id, std::string_view reason) override;
  Result<std::vector<OutboxEntry>> DeadLetters(int limit) override;
  Result<std::int64_t> Revive() override;
  Result<OutboxCounts> Count() override;

 private:
  struct Page {
    bool dead;
    std::int64_t after_id;
    int limit;
  };
  Result<std::vector<OutboxEntry>> Read(const Page& page);

  Connection& writer_;
  Connection& reader_;
  const std::filesystem::path lock_path_;
  std::mutex claim_mutex_;
  std::optional<FileLock> claim_;  // guarded by claim_mutex_
};

}  // namespace spotter::store
