// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/doubt_buffer.h"

namespace spotter::exercise {

void DoubtBuffer::Hold(const CameraId& camera, TrackId track, const Joints& joints) {
  std::deque<Joints>& held = held_[{camera, track}];
  if (!held.empty() && joints.pts < held.back().pts) held.clear();  // the stream began again
  held.push_back(joints);
  while (ToSeconds(joints.pts - held.front().pts) > longest_s_) held.pop_front();
}

std::deque<Joints> DoubtBuffer::Release(const CameraId& camera, TrackId track) {
  const auto it = held_.find({camera, track});
  if (it == held_.end()) return {};
  std::deque<Joints> held = std::move(it->second);
  held_.erase(it);
  return held;
}

void DoubtBuffer::ForgetGone(const CameraId& camera, Pts now) {
  std::erase_if(held_, [&](const auto& entry) {
    return entry.first.first == camera && ToSeconds(now - entry.second.back().pts) > longest_s_;
  });
}

}  // namespace spotter::exercise
