// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/history.h"

#include <algorithm>
#include <vector>

namespace spotter::exercise {

void FeatureHistory::Push(const FeatureFrame& frame) {
  frames_.push_back(frame);
  if (frames_.size() > kMaxFrames) frames_.pop_front();
}

void FeatureHistory::DropBefore(Pts pts) {
  while (!frames_.empty() && frames_.front().pts < pts) frames_.pop_front();
}

std::size_t FeatureHistory::IndexAt(Pts pts) const {
  const auto at = std::lower_bound(frames_.begin(), frames_.end(), pts,
                                   [](const FeatureFrame& frame, Pts time) { return frame.pts < time; });
  return static_cast<std::size_t>(at - frames_.begin());
}

float Mean(const FeatureHistory& history, FeatureRef ref, Span span) {
  double sum = 0;
  int count = 0;
  for (std::size_t i = span.first; i <= span.last && i < history.frames().size(); ++i) {
    const float value = history.frames()[i].Get(ref);
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  return count > 0 ? static_cast<float>(sum / count) : kMissing;
}

float Travel(const FeatureHistory& history, FeatureRef ref, Span span) {
  std::vector<float> values;
  values.reserve(span.last - span.first + 1);
  for (std::size_t i = span.first; i <= span.last && i < history.frames().size(); ++i) {
    const float value = history.frames()[i].Get(ref);
    if (!std::isnan(value)) values.push_back(value);
  }
  if (values.empty()) return kMissing;
  std::sort(values.begin(), values.end());
  const std::size_t trimmed = values.size() / 10;
  return values[values.size() - 1 - trimmed] - values[trimmed];
}

}  // namespace spotter::exercise
