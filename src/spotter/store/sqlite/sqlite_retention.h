// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "spotter/store/retention_repository.h"
#include "spotter/store/sqlite/connection.h"

namespace spotter::store {

class SqliteRetention : public RetentionRepository {
 public:
  SqliteRetention(Connection& writer, Connection& reader) : writer_(writer), reader_(reader) {}

  Result<std::vector<StoredClip>> Clips() override;
  Result<void> ForgetClip(const std::string& event_id) override;
  Result<std::int64_t> RemoveEventsBefore(double stored_ts_utc, int limit) override;

 private:
  Connection& writer_;
  Connection& reader_;
};

}  // namespace spotter::store
