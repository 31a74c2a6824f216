// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "spotter/store/outbox.h"
#include "spotter/store/sqlite/connection.h"

namespace spotter::store {

class SqliteOutbox : public Outbox {
 public:
  SqliteOutbox(Connection& writer, Connection& reader) : writer_(writer), reader_(reader) {}

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
};

}  // namespace spotter::store
