// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/base/result.h"
#include "spotter/enrich/clip_evidence.h"

namespace spotter::enrich {

// What to take out of a clip's video.
struct ClipLook {
  std::string path;
  Pts start{0};      // stream time of the clip's first picture
  bool grey = true;  // small grey pictures, about five a second
  int photos = 0;    // JPEG pictures, evenly spread
};

// Decodes the clip (two minutes of it at most) and adds what is wanted to `evidence`. Fails for a file that is no
// video.
Result<void> ReadPictures(const ClipLook& look, ClipEvidence& evidence);

}  // namespace spotter::enrich
