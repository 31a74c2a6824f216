// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/body_history.h"

#include <algorithm>

#include "spotter/exercise/history.h"

namespace spotter::exercise {

void BodyHistory::Push(const Joints& joints) {
  frames_.push_back(joints);
  while (frames_.size() > FeatureHistory::kMaxFrames) {
    forgotten_ = frames_.front().pts;
    frames_.pop_front();
  }
}

void BodyHistory::DropBefore(Pts pts) {
  while (!frames_.empty() && frames_.front().pts < pts) {
    forgotten_ = frames_.front().pts;
    frames_.pop_front();
  }
}

std::vector<Joints> BodyHistory::Between(Pts start, Pts end) const {
  if (start <= forgotten_) return {};
  const auto first = std::ranges::lower_bound(frames_, start, {}, &Joints::pts);
  const auto last = std::ranges::upper_bound(frames_, end, {}, &Joints::pts);
  return first < last ? std::vector<Joints>(first, last) : std::vector<Joints>();
}

}  // namespace spotter::exercise
