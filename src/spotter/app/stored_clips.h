// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/clip.h"
#include "spotter/store/event_repository.h"

namespace spotter::app {

// Tells the store of each finished clip, so that the API can serve it, and of the files of each one that failed, so
// that retention removes them. Called from the clip writer's threads.
class StoredClips : public ClipObserver {
 public:
  // `events` outlives this.
  explicit StoredClips(store::EventRepository& events) : events_(events) {}
  void OnClipDone(const ClipDone& done) override;

 private:
  store::EventRepository& events_;
};

}  // namespace spotter::app
