// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/stored_clips.h"

#include "spotter/base/log.h"
#include "spotter/store/clip_folder.h"

namespace spotter::app {

void StoredClips::OnClipDone(const ClipDone& done) {
  if (!done.span) return;  // its metadata say why there is none
  const Result<void> stored = events_.SetMedia(done.request.event_id, store::ClipFileOf(done));
  if (!stored.ok()) LogError("the clip {} is not known to the event store: {}", done.clip_path, stored.error().message);
}

}  // namespace spotter::app
