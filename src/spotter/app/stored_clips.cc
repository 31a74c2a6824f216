// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/stored_clips.h"

#include "spotter/base/log.h"
#include "spotter/store/clip_folder.h"

namespace spotter::app {

void StoredClips::OnClipDone(const ClipDone& done) {
  const Result<void> stored = events_.SetMedia(done.request.event_id, store::ClipFileOf(done));
  // What fails at once is told before its event is stored; the next look at the folder finds it.
  const bool too_early = !done.span && !stored.ok() && stored.error().code == ErrorCode::kNotFound;
  if (!stored.ok() && !too_early)
    LogError("the clip {} is not known to the event store: {}", done.clip_path, stored.error().message);
}

}  // namespace spotter::app
