// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "spotter/base/utc.h"
#include "spotter/store/event_repository.h"
#include "spotter/store/sqlite/connection.h"

namespace spotter::store {

class SqliteEvents : public EventRepository {
 public:
  using Deliver = std::function<bool(std::string_view type)>;
  using Clock = std::function<UtcTime()>;
  // The connections outlive it.
  SqliteEvents(Connection& writer, Connection& reader, Deliver deliver, Clock now)
      : writer_(writer), reader_(reader), deliver_(std::move(deliver)), now_(std::move(now)) {}

  Result<std::vector<AppendOutcome>> Append(std::span<const EventRecord> records) override;
  Result<std::vector<StoredEvent>> List(const EventQuery& query) override;
  Result<std::vector<StoredEvent>> ListAfter(std::int64_t seq, const EventQuery& query) override;
  Result<std::optional<StoredEvent>> Find(std::string_view event_id) override;
  Result<std::vector<std::string>> ZoneIds() override;
  Result<void> SetMedia(std::string_view event_id, const ClipFile& clip) override;
  Result<void> SetPinned(std::string_view event_id, bool pinned) override;

 private:
  AppendOutcome Insert(Connection& connection, const EventRecord& record) const;

  Connection& writer_;
  Connection& reader_;
  const Deliver deliver_;
  const Clock now_;
};

}  // namespace spotter::store
