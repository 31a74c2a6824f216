// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <utility>

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

// Metadata that found no room on a full disk: they are written when later clips that fail have made some. One thread.
class OwedMetadata {
 public:
  OwedMetadata() = default;
  OwedMetadata(const OwedMetadata&) = delete;
  OwedMetadata& operator=(const OwedMetadata&) = delete;
  ~OwedMetadata() { TryAgain(); }

  // A clip was finished, or failed.
  void Note(const ClipDone& done, const ClipFiles& files);

 private:
  void TryAgain();

  std::deque<std::pair<ClipDone, ClipFiles>> owed_;  // the oldest first, bounded
};

// Whether the files of an earlier attempt show all that was asked for.
bool IsAlreadyComplete(const ClipFiles& files);

}  // namespace spotter::clip
