// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/signal_guard.h"

#include <csignal>
#include <ctime>
#include <future>
#include <utility>

#include <unistd.h>

namespace spotter::app {
namespace {

constexpr int kExitFailed = 1;
constexpr timespec kCheckEvery = {.tv_sec = 0, .tv_nsec = 100'000'000};

sigset_t EndingSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

SignalGuard::SignalGuard() {
  const sigset_t set = EndingSignals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this] { Wait(); });
}

SignalGuard::~SignalGuard() {
  ending_ = true;
  thread_.join();
  const sigset_t set = EndingSignals();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void SignalGuard::CallOnSignal(std::function<void()> stop) {
  const std::lock_guard lock(mutex_);
  stop_ = std::move(stop);
}

void SignalGuard::WaitForSignal() {
  std::promise<void> signal;
  CallOnSignal([&signal] { signal.set_value(); });
  signal.get_future().wait();
  CallOnSignal(nullptr);
}

void SignalGuard::Wait() {
  const sigset_t set = EndingSignals();
  while (!ending_) {
    if (sigtimedwait(&set, nullptr, &kCheckEvery) > 0) Handle();
  }
}

void SignalGuard::Handle() {
  const std::lock_guard lock(mutex_);
  if (!stop_ || signalled_.exchange(true)) _exit(kExitFailed);
  stop_();
}

}  // namespace spotter::app
