// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace spotter::app {

// While it lives, SIGINT and SIGTERM stop the work cleanly instead of killing the program. Until CallOnSignal nothing
// is at stake and a signal ends the program at once, as does a second one. Make it before other threads start: they
// inherit the blocked signals.
class SignalGuard {
 public:
  SignalGuard();
  ~SignalGuard();
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;

  // From now on the first signal calls `stop`, from a thread of the guard's own. `stop` outlives the guard or the next
  // call; null = as before.
  void CallOnSignal(std::function<void()> stop);
  // Waits for the first signal.
  void WaitForSignal();
  bool signalled() const { return signalled_; }

 private:
  void Wait();
  void Handle();

  std::mutex mutex_;
  std::function<void()> stop_;  // guarded by mutex_
  std::atomic<bool> ending_ = false;
  std::atomic<bool> signalled_ = false;
  std::thread thread_;
};

}  // namespace spotter::app
