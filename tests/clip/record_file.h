// SPDX-License-Identifier: Apache-2.0
// Clips of a video file, for tests. Not part of the product.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "spotter/core/clip.h"

namespace spotter::clip::testing {

// Keeps what it is told.
class Outcomes : public ClipObserver {
 public:
  void OnClipDone(const ClipDone& done) override;
  std::vector<ClipDone> all() const;

 private:
  mutable std::mutex mutex_;
  std::vector<ClipDone> all_;
};

// Plays the file at full speed through a source with a ring and records the clips, each commanded 0.4 s of stream time
// after its event at the earliest, as a site worker does. The outcomes in the order in which they were made.
std::vector<ClipDone> RecordFile(const std::string& path,
                                 const std::string& folder,
                                 const std::vector<RecordClip>& requests);

}  // namespace spotter::clip::testing
