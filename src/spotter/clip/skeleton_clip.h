// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/base/result.h"
#include "spotter/clip/clip_files.h"
#include "spotter/clip/spool.h"
#include "spotter/core/clip.h"

namespace spotter::clip {

// A clip without a pixel of anybody: the joints of the people in the spool's perceptions, drawn as figures on grey, and
// a thumbnail of the same kind. H.264, one picture for each perception, at its time. Fails with the reason when nothing
// of the time asked for is there.
Result<ClipDone> DrawClip(const Spool& spool, const ClipFiles& files, const std::string& end_reason);

}  // namespace spotter::clip
