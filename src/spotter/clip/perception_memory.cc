// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/perception_memory.h"

#include <algorithm>
#include <iterator>
#include <memory>

namespace spotter::clip {

void PerceptionMemory::Add(const Perception& perception) {
  std::deque<PerceptionPtr>& seen = seen_[perception.camera_id];
  while (!seen.empty() && perception.pts - seen.front()->pts > max_age_) seen.pop_front();
  seen.push_back(std::make_shared<const Perception>(perception));
}

std::vector<PerceptionPtr> PerceptionMemory::Since(const CameraId& camera_id, Pts from) const {
  const auto camera = seen_.find(camera_id);
  if (camera == seen_.end()) return {};
  const std::deque<PerceptionPtr>& seen = camera->second;
  const auto after = std::ranges::upper_bound(seen, from, {}, [](const PerceptionPtr& p) { return p->pts; });
  return {after == seen.begin() ? after : std::prev(after), seen.end()};
}

}  // namespace spotter::clip
