// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spotter/store/enrichment_queue.h"
#include "spotter/store/sqlite/connection.h"

namespace spotter::store {

class SqliteEnrichment : public EnrichmentQueue {
 public:
  explicit SqliteEnrichment(Connection& writer) : writer_(writer) {}

  Result<std::optional<EnrichmentJob>> Lease(std::string_view worker,
                                             UtcTime now,
                                             std::chrono::milliseconds lease) override;
  Result<bool> Complete(const EnrichmentJob& job, const Enrichment& outcome) override;
  Result<bool> Postpone(const EnrichmentJob& job, UtcTime not_before) override;
  Result<void> Recall() override;
  Result<bool> TakeQuestion(std::chrono::sys_days day, int limit) override;

 private:
  Connection& writer_;
};

}  // namespace spotter::store
