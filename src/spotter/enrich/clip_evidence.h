// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "spotter/background/grey_picture.h"
#include "spotter/core/perception.h"

namespace spotter::enrich {

// What there is to see of an event.
struct ClipEvidence {
  std::vector<Perception> poses;  // stored while it happened, in stream order; empty = none
  // In order, about five a second, at stream times as the poses; empty = no pixels (privacy, or no clip).
  std::vector<background::GreyPicture> pictures;
  std::vector<std::string> photos;  // JPEG, in order, evenly spread over the clip: for a model
};

}  // namespace spotter::enrich
