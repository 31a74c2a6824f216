// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "spotter/pipeline/clip_rule.h"
#include "spotter/pipeline/site_worker.h"
#include "spotter/store/event_repository.h"

namespace spotter::pipeline {

struct StoreSinkOptions {
  std::filesystem::path clips_dir;  // where clips will lie; empty = none are made
  ClipRule clips;
};

// Makes each event durable before the next frame is looked at, with the place where its clip will lie. While the store
// does not work (disk full, locked), events wait in memory, up to kMaxBacklog; beyond, or at the end of the stream,
// that is an error.
class StoreSink : public SiteSink {
 public:
  static constexpr std::size_t kMaxBacklog = 10'000;

  // `events` outlives it.
  StoreSink(store::EventRepository& events, StoreSinkOptions options) : events_(events), options_(std::move(options)) {}
  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;

 private:
  using Clock = std::chrono::steady_clock;
  void Add(std::span<const Event> events);
  Result<void> Write();

  store::EventRepository& events_;
  const StoreSinkOptions options_;
  std::vector<EventRecord> backlog_;
  std::optional<Clock::time_point> retry_at_;  // set while the store does not work
};

}  // namespace spotter::pipeline
