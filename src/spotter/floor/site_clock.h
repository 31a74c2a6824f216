// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include "spotter/core/scene.h"

namespace spotter::floor {

// One time line for zones that several cameras see, although their stream times start anywhere: a camera's stream time
// is laid beside the others' where its first frame arrives. With one camera, or files that begin together, site time is
// stream time. One owner, not thread safe.
class SiteClock {
 public:
  // Site time of the scene, which becomes "now". None for a frame that is older than what this camera has shown.
  std::optional<Pts> Advance(const Scene& scene);
  Pts now() const { return now_; }
  // The camera's stream time at `site` time; REQUIRES: a scene of the camera was seen
  Pts StreamTime(const CameraId& camera, Pts site) const { return site - cameras_.at(camera).site_from_stream; }

 private:
  struct Camera {
    Pts site_from_stream{0};  // to be added to the stream's time
    Pts last{0};              // stream time of its last frame
  };

  std::map<CameraId, Camera> cameras_;
  Pts now_{0};
};

}  // namespace spotter::floor
