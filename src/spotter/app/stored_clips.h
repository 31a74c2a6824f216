// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <vector>

#include "spotter/core/clip.h"
#include "spotter/store/event_repository.h"

namespace spotter::app {

// Tells the store of each finished clip, so that the API can serve it, and of the files of each one that failed, so
// that retention removes them. A clip may be ready before its event is stored: it is told of again with the next one,
// and at the end. Called from the clip writer's threads.
class StoredClips : public ClipObserver {
 public:
  // `events` outlives this.
  explicit StoredClips(store::EventRepository& events) : events_(events) {}
  void OnClipDone(const ClipDone& done) override;
  // All events are stored now.
  void Finish();

 private:
  // Returns whether the event is not there yet, or the store is busy.
  bool IsEarly(const ClipDone& done);
  void TellEarly();

  store::EventRepository& events_;
  std::mutex mutex_;
  std::vector<ClipDone> early_;  // guarded by mutex_
};

}  // namespace spotter::app
