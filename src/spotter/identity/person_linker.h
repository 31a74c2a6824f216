// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "spotter/core/event.h"
#include "spotter/core/scene.h"
#include "spotter/identity/camera_people.h"

namespace spotter::identity {

// Stage: joins the tracks of one person, who keeps the id through occlusions, fades to black and lost tracks when place
// and body size fit and nobody else fits as well; a new person is preferred to a wrong one. Fills
// ScenePerson::person_id ("p1", "p2" ... in the order of first appearance, unique over all cameras of the run) and
// ScenePerson::track_ids. Two people of one frame never have the same id. State is kept for each camera by itself and
// freed when a person is forgotten. One owner, not thread safe.
class PersonLinker {
 public:
  explicit PersonLinker(const PersonLinkerOptions& options = {}) : options_(options) {}

  // Scenes of one camera come in the order of their pts. Returns no events.
  std::vector<Event> Update(Scene& scene);
  std::vector<Event> Finish() { return {}; }

 private:
  PersonLinkerOptions options_;
  std::map<CameraId, CameraPeople> cameras_;
  std::int64_t people_made_ = 0;
};

}  // namespace spotter::identity
