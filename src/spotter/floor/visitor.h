// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include "spotter/core/scene.h"
#include "spotter/floor/stay.h"

namespace spotter::floor {

// Somebody who is in or near a zone. Times are site times.
struct Visitor {
  CameraId camera_id;
  TrackId track_id;
  Stay stay;
  Pts first_seen{0};
  std::chrono::microseconds blind_when_seen{0};  // how long no camera had looked, in all, when last seen
  std::optional<Pts> body_since;                 // most joints are seen
  bool came_from_outside = false;                // was seen outside the border before this stay
  bool went_out = false;                         // was seen outside after it
  Activity activity = Activity::kUnknown;

  // REQUIRES: rising `now`
  void See(Pts now, double depth_m) {
    if (depth_m < 0) (stay.inside() ? went_out : came_from_outside) = true;
    if (depth_m >= 0) went_out = false;
    stay.Update(now, depth_m);
  }
};

using Visitors = std::map<PersonId, Visitor>;

}  // namespace spotter::floor
