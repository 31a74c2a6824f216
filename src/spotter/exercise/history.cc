// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/history.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "spotter/base/quantile.h"

namespace spotter::exercise {
namespace {

// Mean confidence of knees and ankles, below which they are guessed: hidden legs have up to 0.25, seen ones 0.3 or
// more.
constexpr float kLegsSeen = 0.3F;

bool IsOfLegs(Feature feature) {
  switch (feature) {
    case Feature::kKnee:
    case Feature::kHip:
    case Feature::kKneeHeight:
    case Feature::kThigh:
    case Feature::kShank:
    case Feature::kHipHeight:
    case Feature::kShoulderHeight:
    case Feature::kBodyLean:
    case Feature::kWristFloor:
    case Feature::kAnklesY:
    case Feature::kAnklesX:
    case Feature::kAnkleSpread:
    case Feature::kFootRaise:
    case Feature::kStagger:
      return true;
    default:
      return false;
  }
}

// Of a span's frames: what is seen in fewer of them is a flicker of the pose model, not a measurement.
constexpr double kLeastKnown = 0.5;

bool IsKnown(std::size_t known, const FeatureHistory& history, Span span) {
  const std::size_t end = std::min(span.last + 1, history.frames().size());
  return known > 0 && static_cast<double>(known) >= kLeastKnown * static_cast<double>(end - std::min(span.first, end));
}

}  // namespace

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

const FeatureFrame& FrameAt(const FeatureHistory& history, Pts pts) {
  return history.frames()[std::min(history.IndexAt(pts), history.frames().size() - 1)];
}

Span SpanBetween(const FeatureHistory& history, Pts from, Pts to) {
  const std::size_t last = history.frames().size() - 1;
  return {std::min(history.IndexAt(from), last), std::min(history.IndexAt(to), last)};
}

float Mean(const FeatureHistory& history, FeatureRef ref, Span span) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = span.first; i <= span.last && i < history.frames().size(); ++i) {
    const float value = history.frames()[i].Get(ref);
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  return IsKnown(count, history, span) ? static_cast<float>(sum / static_cast<double>(count)) : kMissing;
}

FeatureValues Means(const FeatureHistory& history, Span span) {
  std::array<double, kMovementCount> sums{};
  std::array<std::size_t, kMovementCount> counts{};
  for (std::size_t i = span.first; i <= span.last && i < history.frames().size(); ++i) {
    const FeatureFrame& frame = history.frames()[i];
    for (std::size_t k = 0; k < kMovementCount; ++k) {
      if (std::isnan(frame.mean[k])) continue;
      sums[k] += frame.mean[k];
      ++counts[k];
    }
  }
  FeatureValues means;
  means.fill(kMissing);
  for (std::size_t k = 0; k < kMovementCount; ++k) {
    if (IsKnown(counts[k], history, span)) means[k] = static_cast<float>(sums[k] / static_cast<double>(counts[k]));
  }
  return means;
}

float Travel(const FeatureHistory& history, FeatureRef ref, Span span) {
  std::vector<float> values;
  values.reserve(span.last - span.first + 1);
  for (std::size_t i = span.first; i <= span.last && i < history.frames().size(); ++i) {
    const float value = history.frames()[i].Get(ref);
    if (!std::isnan(value)) values.push_back(value);
  }
  if (!IsKnown(values.size(), history, span)) return kMissing;
  return InnerRange(std::move(values)).size();
}

bool IsSeen(const FeatureHistory& history, Feature feature, Span span) {
  if (!IsOfLegs(feature)) return true;
  float sum = 0;
  for (std::size_t i = span.first; i <= span.last; ++i) sum += history.frames()[i].legs_seen;
  return sum >= kLegsSeen * static_cast<float>(span.last + 1 - span.first);
}

}  // namespace spotter::exercise
