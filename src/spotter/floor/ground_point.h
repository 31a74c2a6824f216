// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/core/scene.h"

namespace spotter::floor {

// Where somebody is on the floor, as the picture shows it. Isotropic: both axes in frame heights, x right, y down.
struct GroundPoint {
  Point on_floor;   // where the body meets the floor: below the feet, or below the hips of who sits or lies
  Point body;       // the point of the body itself: between the ankles, or between the hips of who sits or lies
  float metre = 0;  // how long one upright metre looks at this person; > 0
};

// From the feet; from hands and feet when the person rests on them (plank); from the hips when the person sits or lies
// or the legs are hidden; from the box when no joint helps.
// None when even the box's lower edge is cut off by the frame. `aspect` is the frame's width / height, `longest_metre`
// the longest metre that the person has shown in the last moments: bones look shorter than they are, never longer. Body
// proportions: Drillis & Contini 1966 (trunk 0.288, thigh 0.245, shank 0.246, ankle 0.039 of the stature), for a
// stature of 1.72 m.
std::optional<GroundPoint> FindGroundPoint(const ScenePerson& person, float aspect, float longest_metre = 0);

// A keypoint in the same space; none when it was not seen well enough.
std::optional<Point> SeenJoint(const PerceivedPerson& person, KeypointId id, float aspect);

}  // namespace spotter::floor
