// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/base/time.h"
#include "spotter/core/ids.h"

namespace spotter {

// A camera shall keep what it saw around an event. At least once, idempotent by event_id.
struct RecordClip {
  std::string event_id;
  CameraId camera_id;
  Pts at{0};  // the event; it may lie some seconds in the past
  Pts from{0};
  Pts to{0};
};

}  // namespace spotter
