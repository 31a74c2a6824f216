// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>

namespace spotter::media {

// Ends a Demuxer's blocking calls: at a deadline, or at once from any thread. Owned by the source that owns the
// demuxer and outlives it; one watch can serve a row of demuxers, one after the other.
class IoWatch {
 public:
  using Clock = std::chrono::steady_clock;

  // Every call from now on fails. For good.
  void Stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }

  void SetDeadline(Clock::time_point deadline) { deadline_ = deadline.time_since_epoch(); }
  void ClearDeadline() { deadline_ = Clock::duration::max(); }
  bool late() const { return Clock::now().time_since_epoch() > deadline_.load(); }

  bool expired() const { return stopped() || late(); }

 private:
  std::atomic<bool> stopped_ = false;
  std::atomic<Clock::duration> deadline_ = Clock::duration::max();
};

}  // namespace spotter::media
