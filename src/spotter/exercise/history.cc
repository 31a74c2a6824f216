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
    case Feature::kBalance:
      return true;
    default:
      return false;
  }
}

constexpr std::size_t kErasedPart = 4;  // frames are erased as soon as one in so many of those held is dropped

// Of a span's frames: what is seen in fewer of them is a flicker of the pose model, not a measurement.
constexpr double kLeastKnown = 0.5;

bool IsKnown(std::size_t known, std::size_t frames) {
  return known > 0 && static_cast<double>(known) >= kLeastKnown * static_cast<double>(frames);
}

// As far as the history reaches.
std::span<const FeatureFrame> FramesOf(const FeatureHistory& history, Span span) {
  const std::span<const FeatureFrame> frames = history.frames();
  const std::size_t end = std::min(span.last + 1, frames.size());
  const std::size_t first = std::min(span.first, end);
  return frames.subspan(first, end - first);
}

}  // namespace

void FeatureHistory::Push(const FeatureFrame& frame) {
  frames_.push_back(frame);
  if (frames().size() > kMaxFrames) DropFirst(1);
}

void FeatureHistory::DropBefore(Pts pts) { DropFirst(IndexAt(pts)); }

// Erased many at a time, so that a frame is moved only a few times while it is kept.
void FeatureHistory::DropFirst(std::size_t count) {
  dropped_ += count;
  if (kErasedPart * dropped_ < frames_.size()) return;
  frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(dropped_));
  dropped_ = 0;
}

std::size_t FeatureHistory::IndexAt(Pts pts) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(frames(), pts, {}, &FeatureFrame::pts) - frames().begin());
}

const FeatureFrame& FrameAt(const FeatureHistory& history, Pts pts) {
  return history.frames()[std::min(history.IndexAt(pts), history.frames().size() - 1)];
}

Span SpanBetween(const FeatureHistory& history, Pts from, Pts to) {
  const std::size_t last = history.frames().size() - 1;
  return {std::min(history.IndexAt(from), last), std::min(history.IndexAt(to), last)};
}

float Mean(const FeatureHistory& history, FeatureRef ref, Span span) {
  const std::span<const FeatureFrame> frames = FramesOf(history, span);
  double sum = 0;
  std::size_t count = 0;
  for (const FeatureFrame& frame : frames) {
    const float value = frame.Get(ref);
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  return IsKnown(count, frames.size()) ? static_cast<float>(sum / static_cast<double>(count)) : kMissing;
}

FeatureValues Means(const FeatureHistory& history, Span span) {
  const std::span<const FeatureFrame> frames = FramesOf(history, span);
  std::array<double, kMovementCount> sums{};
  std::array<float, kMovementCount> counts{};
  std::array<float, kMovementCount> known;
  for (const FeatureFrame& frame : frames) {
    // Two loops that compilers turn into vector instructions: with a branch, or in one, they do not.
    for (std::size_t k = 0; k < kMovementCount; ++k) {
      known[k] = std::isnan(frame.mean[k]) ? 0.0F : frame.mean[k];
      counts[k] += std::isnan(frame.mean[k]) ? 0.0F : 1.0F;
    }
    for (std::size_t k = 0; k < kMovementCount; ++k) sums[k] += known[k];
  }
  FeatureValues means;
  means.fill(kMissing);
  const auto least = static_cast<float>(std::max(1.0, kLeastKnown * static_cast<double>(frames.size())));
  for (std::size_t k = 0; k < kMovementCount; ++k) {
    if (counts[k] >= least) means[k] = static_cast<float>(sums[k] / counts[k]);
  }
  return means;
}

float Travel(const FeatureHistory& history, FeatureRef ref, Span span) {
  const std::span<const FeatureFrame> frames = FramesOf(history, span);
  std::vector<float> values;
  values.reserve(frames.size());
  for (const FeatureFrame& frame : frames) {
    const float value = frame.Get(ref);
    if (!std::isnan(value)) values.push_back(value);
  }
  if (!IsKnown(values.size(), frames.size())) return kMissing;
  return InnerRange(std::move(values)).size();
}

bool IsSeen(const FeatureHistory& history, Feature feature, Span span) {
  if (!IsOfLegs(feature)) return true;
  float sum = 0;
  for (std::size_t i = span.first; i <= span.last; ++i) sum += history.frames()[i].legs_seen;
  return sum >= kLegsSeen * static_cast<float>(span.last + 1 - span.first);
}

}  // namespace spotter::exercise
