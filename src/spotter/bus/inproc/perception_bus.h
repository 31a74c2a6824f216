// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "spotter/base/bounded_queue.h"
#include "spotter/core/perception.h"

namespace spotter::bus {

// Brings the Perceptions of all cameras of a site to its one SiteWorker, inside one process.
//
// Files wait and are merged by `pts`: the site sees them in the order of stream time whatever the speed of each worker,
// so a run over several files is repeatable. Live cameras (kDropOldest) are delivered as they come; a full queue drops
// its oldest and counts it. Any thread may publish; one thread consumes. The bus must outlive its publishers.
class PerceptionBus {
 public:
  // The sending end of one camera.
  class Publisher {
   public:
    // Returns false when the bus is closed: stop working.
    bool Publish(PerceptionPtr perception);
    // True when Publish would wait now; stays false until the camera's own next Publish.
    bool IsFull() const;
    // No more will come from this camera.
    void Finish();
    std::uint64_t dropped() const;

   private:
    friend class PerceptionBus;
    Publisher(PerceptionBus& bus, DropPolicy policy) : bus_(bus), policy_(policy) {}
    PerceptionBus& bus_;
    const DropPolicy policy_;
    std::deque<PerceptionPtr> pending_;
    std::uint64_t dropped_ = 0;
    bool finished_ = false;
  };

  // `capacity`: perceptions kept for each camera. REQUIRES: capacity > 0
  explicit PerceptionBus(std::size_t capacity);
  PerceptionBus(const PerceptionBus&) = delete;
  PerceptionBus& operator=(const PerceptionBus&) = delete;

  // Adds a camera. REQUIRES: nobody has called Next yet.
  Publisher& AddCamera(DropPolicy policy);

  // Waits for the next Perception; nullptr when every camera has finished or the bus is closed.
  PerceptionPtr Next();

  // Ends everything at once: what is queued is thrown away.
  void Close();

 private:
  Publisher* FindReady();  // REQUIRES: mutex_ is held
  bool AllFinished() const;

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Publisher>> cameras_;
  std::size_t turn_ = 0;  // live cameras are served in turn
  bool closed_ = false;
};

}  // namespace spotter::bus
