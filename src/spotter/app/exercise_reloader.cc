// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/exercise_reloader.h"

#include <chrono>
#include <utility>

#include "spotter/base/log.h"

namespace spotter::app {
namespace {

constexpr std::chrono::milliseconds kLookInterval{500};

}  // namespace

ExerciseReloader::ExerciseReloader(std::filesystem::path folder,
                                   std::string pinned,
                                   exercise::ExerciseAnalyzer& analyzer)
    : files_(std::move(folder)),
      pinned_(std::move(pinned)),
      analyzer_(analyzer),
      thread_([this](const WorkerThread::Wait& /*wait*/) {
        Look();
        return kLookInterval;
      }) {}

void ExerciseReloader::Look() {
  std::optional<Result<exercise::ExerciseLibrary>> changed = files_.Look();
  if (!changed) return;
  if (!changed->ok()) return LogError("the exercises stay as they were: {}", changed->error().message);
  if (!pinned_.empty() && (*changed)->Find(pinned_) == nullptr)
    return LogError("the exercises stay as they were: {} no longer holds the pinned '{}'", files_.folder().string(),
                    pinned_);
  const std::size_t count = (*changed)->exercises().size();
  const std::lock_guard lock(mutex_);
  next_ = std::move(*changed).value();
  LogInfo("{} exercises from {}: sets that begin from now on are counted with them", count, files_.folder().string());
}

Result<void> ExerciseReloader::Consume(const pipeline::SiteOutput& /*output*/) {
  std::optional<exercise::ExerciseLibrary> next;
  {
    const std::lock_guard lock(mutex_);
    next = std::exchange(next_, std::nullopt);
  }
  if (next) analyzer_.Adopt(*next);
  return {};
}

Result<void> ExerciseReloader::Finish(std::span<const Event> /*events*/) { return {}; }

}  // namespace spotter::app
