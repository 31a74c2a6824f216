// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "spotter/base/result.h"
#include "spotter/base/utc.h"
#include "spotter/store/camera_repository.h"
#include "spotter/store/enrichment_queue.h"
#include "spotter/store/event_repository.h"
#include "spotter/store/outbox.h"
#include "spotter/store/retention_repository.h"

namespace spotter::store {

struct StoreOptions {
  std::filesystem::path path;  // of the database file; its folder must exist
  // Which types (snake_case) Append puts into the outbox; none when there is no receiver.
  std::function<bool(std::string_view type)> deliver;
  std::function<UtcTime()> now = &UtcNow;      // the clock that says when something was stored
  std::chrono::milliseconds lock_wait{5'000};  // how long to wait for another program's lock before an error
};

// The repositories of one database. The store outlives its users. Thread-safe.
class Store {
 public:
  virtual ~Store() = default;
  virtual EventRepository& events() = 0;
  virtual Outbox& outbox() = 0;
  virtual EnrichmentQueue& enrichment() = 0;
  virtual RetentionRepository& retention() = 0;
  virtual CameraRepository& cameras() = 0;

  // A random secret of 32 bytes that belongs to this database; made at the first call.
  virtual Result<std::string> Secret() = 0;
};

}  // namespace spotter::store
