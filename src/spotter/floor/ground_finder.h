// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/core/scene.h"
#include "spotter/floor/ground_point.h"
#include "spotter/floor/track_memory.h"

namespace spotter::floor {

// Finds where everybody stands, remembering how large each one looked a moment ago. One owner, not thread safe.
class GroundFinder {
 public:
  GroundFinder();

  // As FindGroundPoint, at site time `now`. REQUIRES: the person is one of the scene's; `now` does not fall
  std::optional<GroundPoint> Find(const Scene& scene, Pts now, const ScenePerson& person);

 private:
  struct Look {
    Pts at{0};
    float metre = 0;
  };

  TrackMemory<Look> looks_;
};

}  // namespace spotter::floor
