// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/bus/inproc/perception_bus.h"
#include "spotter/pipeline/camera_owners.h"
#include "spotter/pipeline/perception_source.h"
#include "spotter/pipeline/site_worker.h"

namespace spotter::pipeline {

// Sources -> bus -> site worker -> sinks: the one way that `count`, `annotate`, `record`, `replay` and `run` share.
// Each source has a thread of its own; the site worker runs on the caller's.
class Pipeline {
 public:
  // The sources and the site worker outlive the pipeline. REQUIRES: at least one source
  Pipeline(std::vector<PerceptionSource*> sources, SiteWorker& site);

  // Runs until every source has ended or Stop was called, then finishes the site worker. A source that fails ends alone
  // with a logged error while others go on; when all fail, or a sink fails, the first error is returned, and at once
  // when two sources hold the same camera. Call once.
  Result<void> Run();

  // Ends the run cleanly: what was published is still analysed. Any thread; safe before and after Run.
  void Stop();

  // Perceptions dropped because the site was slower than live cameras.
  std::uint64_t dropped() const;

 private:
  std::optional<Error> RunSource(std::size_t index);
  void End(const Error& conflict);
  Result<void> Consume();

  std::vector<PerceptionSource*> sources_;
  SiteWorker& site_;
  bus::PerceptionBus bus_;
  std::vector<bus::PerceptionBus::Publisher*> publishers_;
  CameraOwners owners_;
  std::mutex mutex_;
  std::optional<Error> conflict_;  // guarded by mutex_ until all sources have ended
  std::atomic<bool> stopping_ = false;
};

}  // namespace spotter::pipeline
