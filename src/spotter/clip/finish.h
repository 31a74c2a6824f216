// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/clip/clip_files.h"
#include "spotter/clip/spool.h"
#include "spotter/core/clip.h"

namespace spotter::clip {

// Makes the clip, its thumbnail and its metadata of what was spooled, then removes the spool. `end_reason` says why the
// spool ends before the clip should. When no clip can be made the metadata says why; a clip that an earlier attempt had
// made is then kept.
ClipDone FinishClip(const Spool& spool, const ClipFiles& files, const std::string& end_reason);

// Writes the metadata of a clip that there is not, and logs it: evidence that is lost is an error.
ClipDone FailClip(const RecordClip& request, const ClipFiles& files, const std::string& reason);

// Whether the files of an earlier attempt show all that was asked for.
bool IsAlreadyComplete(const ClipFiles& files);

}  // namespace spotter::clip
