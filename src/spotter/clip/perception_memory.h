// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <vector>

#include "spotter/core/perception.h"

namespace spotter::clip {

// The last perceptions of each camera: an event becomes known after its true time. One thread.
class PerceptionMemory {
 public:
  // `max_age`: stream time to look back.
  explicit PerceptionMemory(std::chrono::microseconds max_age) : max_age_(max_age) {}

  // Of every camera, in stream order.
  void Add(const Perception& perception);
  // From the one that was current at `from`, the last one at or before it, to the newest.
  std::vector<PerceptionPtr> Since(const CameraId& camera_id, Pts from) const;

 private:
  const std::chrono::microseconds max_age_;
  std::map<CameraId, std::deque<PerceptionPtr>> seen_;
};

}  // namespace spotter::clip
