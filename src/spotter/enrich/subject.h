// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "spotter/core/perception.h"

namespace spotter::enrich {

// One frame of somebody. Points in frame heights, x right, y down: the same length across and down.
struct BodySample {
  Pts pts{0};
  Point hips;
  Point feet;
  std::array<std::optional<Point>, 2> hands;  // left, right; none = hidden
};

// Somebody who may have done it.
struct Subject {
  std::vector<BodySample> samples;  // in stream order
  float torso = 0;                  // shoulders to hips, frame heights; > 0
};

// Whom to look at, and when.
struct LookAt {
  std::optional<TrackId> track_id;  // whose event it is; none = anybody
  Pts from = Pts::min();
  Pts to = Pts::max();
};

// The one who is asked for, followed to other track ids by place; where that track is not there, everybody. Only who is
// in view for a second and a half.
std::vector<Subject> FindSubjects(std::span<const Perception> poses, const LookAt& look);

}  // namespace spotter::enrich
