// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace spotter {

// A thread that does a piece of work again and again, with waits in between that end at once when it is to stop.
class WorkerThread {
 public:
  // What a round gets to wait with: false = stop now.
  using Wait = std::function<bool(std::chrono::milliseconds)>;
  // Does one round and returns how long to wait before the next.
  using Round = std::function<std::chrono::milliseconds(const Wait& wait)>;

  explicit WorkerThread(Round round);
  // Stops and waits for the round that runs.
  ~WorkerThread();
  WorkerThread(const WorkerThread&) = delete;
  WorkerThread& operator=(const WorkerThread&) = delete;

 private:
  bool WaitFor(std::chrono::milliseconds duration);

  const Round round_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace spotter
