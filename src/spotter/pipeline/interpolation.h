// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/core/frame.h"
#include "spotter/core/perception.h"

namespace spotter::pipeline {

// The parts of a Frame that a Perception keeps; no pixels.
struct FrameHeader {
  Pts pts{0};
  std::optional<UtcTime> captured_at;
  int width = 0;
  int height = 0;
};
FrameHeader HeaderOf(const Frame& frame);

// The Perception of a frame between two analysed ones: each person that both have, linearly in time. A person that only
// one of them has was not seen in between and is left out. Confidences are the smaller of the two. Objects are those of
// `before`. REQUIRES: before.pts < at.pts < after.pts
Perception Interpolate(const Perception& before, const Perception& after, const FrameHeader& at);

}  // namespace spotter::pipeline
