// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <utility>

#include "spotter/core/ids.h"
#include "spotter/floor/ground_point.h"

namespace spotter::floor {

// Where tracks went that identity has not vouched for yet (they may be reflections), so that who turns out to be
// somebody is in a zone since he entered it. One owner, not thread safe.
class UnnamedPaths {
 public:
  struct Step {
    Pts at{0};  // site time
    GroundPoint ground;
  };
  using Path = std::deque<Step>;

  // REQUIRES: rising times, here and in Take
  void Add(const CameraId& camera, TrackId track, Step step);
  // The last seconds of the track, which has got its person now; empty when it always had.
  Path Take(const CameraId& camera, TrackId track, Pts now);

 private:
  void ForgetBefore(Pts time);

  std::map<std::pair<CameraId, TrackId>, Path> paths_;
};

}  // namespace spotter::floor
