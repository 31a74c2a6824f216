// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "spotter/enrich/subject.h"

namespace spotter::enrich {

// A stretch of time in which one hand wiped.
struct WipingStretch {
  Pts from{0};
  Pts to{0};
  std::size_t hand = 0;  // 0 = left
};

// What somebody's hands did.
struct HandWork {
  double wiping_s = 0;                   // a hand went to and fro over one height within reach, the body stayed
  int strokes = 0;                       // in one direction
  double extent_m = 0;                   // across, about
  double contact = 0;                    // share of the time with a hand held out at one height: on something
  double quality = 0;                    // how well the best two seconds look like wiping, [0, 1]
  std::vector<WipingStretch> stretches;  // in order
};

// From the way of the hands in windows of 2.4 s: a wipe has quick strokes, more across than up and down, of one hand
// rather than both alike, between knees and chest, while feet and hips stay. Each property counts by degrees, so that
// joints that jitter in one of them do not decide.
HandWork MeasureHandWork(const Subject& subject);

}  // namespace spotter::enrich
