// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "spotter/core/perception.h"

namespace spotter::enrich {

// A small black-and-white look at a clip: brightness 0..255, row by row.
struct GreyPicture {
  Pts pts{0};  // stream time of the camera, as of the poses
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

// What there is to see of an event.
struct ClipEvidence {
  std::vector<Perception> poses;      // stored while it happened, in stream order; empty = none
  std::vector<GreyPicture> pictures;  // in order, about five a second; empty = no pixels (privacy, or no clip)
  std::vector<std::string> photos;    // JPEG, in order, evenly spread over the clip: for a model
};

}  // namespace spotter::enrich
