// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "spotter/base/result.h"

namespace spotter::store {

// When a live camera's last picture was taken.
struct CameraSeen {
  std::string camera_id;
  double last_frame_ts_utc = 0;
};

// The sign of life of live cameras: what nobody sends any more can only be told by the time since. Thread-safe. Errors
// as of EventRepository.
class CameraRepository {
 public:
  virtual ~CameraRepository() = default;

  // A time before the one that is known changes nothing.
  virtual Result<void> SawFrame(const CameraSeen& seen) = 0;
  // One entry for each camera that was ever seen, by id.
  virtual Result<std::vector<CameraSeen>> LastFrames() = 0;
};

}  // namespace spotter::store
