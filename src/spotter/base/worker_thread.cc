// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/worker_thread.h"

#include <utility>

namespace spotter {

WorkerThread::WorkerThread(Round round) : round_(std::move(round)) {
  thread_ = std::thread([this] {
    const Wait wait = [this](std::chrono::milliseconds duration) { return WaitFor(duration); };
    while (WaitFor(round_(wait))) {
    }
  });
}

WorkerThread::~WorkerThread() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_all();
  thread_.join();
}

bool WorkerThread::WaitFor(std::chrono::milliseconds duration) {
  std::unique_lock lock(mutex_);
  return !stopping_.wait_for(lock, duration, [this] { return stop_; });
}

}  // namespace spotter
