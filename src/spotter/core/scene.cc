// SPDX-License-Identifier: Apache-2.0
#include "spotter/core/scene.h"

namespace spotter {

std::string_view ToString(Activity activity) {
  switch (activity) {
    case Activity::kUnknown:
      return "unknown";
    case Activity::kExercising:
      return "exercising";
    case Activity::kWalking:
      return "walking";
    case Activity::kStanding:
      return "standing";
    case Activity::kSitting:
      return "sitting";
    case Activity::kLying:
      return "lying";
    case Activity::kWiping:
      return "wiping";
    case Activity::kPhone:
      return "phone";
    case Activity::kDrinking:
      return "drinking";
  }
  return "unknown";
}

Scene MakeScene(const Perception& perception) {
  Scene scene{.camera_id = perception.camera_id,
              .pts = perception.pts,
              .captured_at = perception.captured_at,
              .width = perception.width,
              .height = perception.height,
              .people = {},
              .reflections = perception.reflections.value_or(std::vector<TrackId>()),
              .objects = perception.objects,
              .zones = {}};
  scene.people.reserve(perception.people.size());
  for (const PerceivedPerson& person : perception.people)
    scene.people.push_back({.perceived = person, .person_id = {}, .track_ids = {}, .set = {}, .zone_id = {}});
  return scene;
}

}  // namespace spotter
