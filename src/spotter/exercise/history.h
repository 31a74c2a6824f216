// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "spotter/exercise/feature.h"

namespace spotter::exercise {

// The last minutes of one person's features, oldest first, bounded. One owner, not thread safe.
class FeatureHistory {
 public:
  // 30 frames a second for about two and a half minutes; of longer sets that much is settled, what was found live
  // before it stays as it is.
  static constexpr std::size_t kMaxFrames = 4500;

  // REQUIRES: rising pts
  void Push(const FeatureFrame& frame);
  void DropBefore(Pts pts);

  // Valid until the next Push or DropBefore.
  std::span<const FeatureFrame> frames() const { return std::span(frames_).subspan(dropped_); }
  // Index of the first frame at or after `pts`; size() when there is none.
  std::size_t IndexAt(Pts pts) const;

 private:
  void DropFirst(std::size_t count);

  // In one piece, as whole stretches are read again and again; those at the front are dropped, but not erased yet: a
  // third more than are kept at most. A vector does not shrink, so a person has up to 3 MB of them until forgotten.
  std::vector<FeatureFrame> frames_;
  std::size_t dropped_ = 0;
};

// The frame at or after `pts`, or the last one. REQUIRES: a frame in the history
const FeatureFrame& FrameAt(const FeatureHistory& history, Pts pts);

// A stretch of a history, both ends included.
struct Span {
  std::size_t first = 0;
  std::size_t last = 0;
};

// The frames from `from` to `to`, as far as the history reaches. REQUIRES: a frame in the history
Span SpanBetween(const FeatureHistory& history, Pts from, Pts to);

// Mean of a feature over the frames of a span where it is known; NaN when it is known in less than half of them.
float Mean(const FeatureHistory& history, FeatureRef ref, Span span);

// The same of all features that a Movement has, of both sides where there are two; NaN for the others.
FeatureValues Means(const FeatureHistory& history, Span span);

// How far a feature moves within the span: the range of its inner four fifths, so that single wrong frames say nothing.
// NaN as for the mean.
float Travel(const FeatureHistory& history, FeatureRef ref, Span span);

// Whether the feature is seen over the span, not guessed: pose networks place legs that are out of the picture, or
// behind a machine, somewhere plausible. REQUIRES: a frame of the history at both ends
bool IsSeen(const FeatureHistory& history, Feature feature, Span span);

}  // namespace spotter::exercise
