// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "spotter/base/worker_thread.h"
#include "spotter/config/exercise_files.h"
#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/pipeline/site_worker.h"

namespace spotter::app {

// Lets a running Spotter count with exercise files that were changed meanwhile. A thread of its own looks at the folder
// every half second and reads what has changed; the site worker takes it over between two frames. Files that are wrong
// are told in the log, and the exercises stay as they were.
class ExerciseReloader : public pipeline::SiteSink {
 public:
  // The analyzer outlives it. `pinned`: exercise that new files must hold, too; empty = none.
  ExerciseReloader(std::filesystem::path folder, std::string pinned, exercise::ExerciseAnalyzer& analyzer);

  Result<void> Consume(const pipeline::SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;

 private:
  void Look();

  config::ExerciseFiles files_;  // of the thread
  const std::string pinned_;
  exercise::ExerciseAnalyzer& analyzer_;
  std::mutex mutex_;
  std::optional<exercise::ExerciseLibrary> next_;  // guarded by mutex_
  WorkerThread thread_;                            // last: it uses the others
};

}  // namespace spotter::app
