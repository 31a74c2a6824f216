// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/stored_clips.h"

#include "spotter/base/log.h"
#include "spotter/store/clip_folder.h"

namespace spotter::app {

bool StoredClips::IsEarly(const ClipDone& done) {
  const Result<void> stored = events_.SetMedia(done.request.event_id, store::ClipFileOf(done));
  if (stored.ok()) return false;
  if (stored.error().code == ErrorCode::kNotFound || stored.error().code == ErrorCode::kUnavailable) return true;
  LogError("the clip {} is not known to the event store: {}", done.clip_path, stored.error().message);
  return false;
}

void StoredClips::TellEarly() {
  std::erase_if(early_, [&](const ClipDone& done) { return !IsEarly(done); });
}

void StoredClips::OnClipDone(const ClipDone& done) {
  const std::lock_guard lock(mutex_);
  TellEarly();
  if (IsEarly(done)) early_.push_back(done);
}

void StoredClips::Finish() {
  const std::lock_guard lock(mutex_);
  TellEarly();
  for (const ClipDone& done : early_)
    LogWarning("the clip {} belongs to no stored event; the next start looks again", done.clip_path);
  early_.clear();
}

}  // namespace spotter::app
