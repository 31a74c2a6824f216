// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "spotter/core/event.h"

namespace spotter::floor {

// What became known about a zone, before it is an event: all times, also those in `data`, are site times.
struct FloorFinding {
  Pts at{0};  // when it truly happened
  CameraId camera_id;
  std::optional<PersonId> person_id;
  std::optional<TrackId> track_id;
  EventData data;
  std::vector<Pts> attempts;  // cleaning windows: when the attempts began whose event ids belong in the data
};

}  // namespace spotter::floor
