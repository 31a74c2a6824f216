// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/pipeline/perception_source.h"

namespace spotter::pipeline {

// Which source each camera of a run belongs to. All state of a camera (people, tracks, sets) is kept by its id, so two
// sources with one id, such as two recordings of files that were both "cam_01", would become one muddled camera. Any
// thread.
class CameraOwners {
 public:
  // The sources outlive this; their order is that in which messages name them.
  explicit CameraOwners(std::vector<PerceptionSource*> sources) : sources_(std::move(sources)) {}

  // The first source that delivers a camera owns it. kInvalidArgument, naming both, for another one.
  Result<void> Claim(const CameraId& camera, const PerceptionSource& source);

 private:
  const std::vector<PerceptionSource*> sources_;
  std::mutex mutex_;
  std::map<CameraId, const PerceptionSource*> owners_;  // guarded by mutex_
};

}  // namespace spotter::pipeline
