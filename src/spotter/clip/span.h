// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/clip.h"

namespace spotter::clip {

// One picture of the time around a clip.
struct PictureAt {
  Pts pts;
  UtcTime captured_at;
  bool begins_session = false;  // the camera was away before it
};

// What is known about the ends of a row of pictures.
struct RowEnds {
  std::string before;                      // why there is nothing before the first one
  std::string after;                       // and nothing after the last one
  std::chrono::microseconds last_step{0};  // how long the last one is shown; 0 = as long as the one before
};

// The pictures [first, end) of a row that a clip shows.
struct SpanChoice {
  std::size_t first = 0;
  std::size_t end = 0;
  ClipSpan span;
  std::vector<ClipGap> gaps;
};

// Chooses what a clip shows of a row of pictures in the order of showing: from the one that is shown at `from`, the
// last one at or before it, to where the first one at or after `to` begins. What is not there is named as a gap. Fails
// with the reason when nothing of the time asked for is there.
Result<SpanChoice> ChooseSpan(const RecordClip& request, std::span<const PictureAt> row, const RowEnds& ends);

}  // namespace spotter::clip
