// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/appearance.h"
#include "spotter/core/ids.h"
#include "spotter/core/pose.h"
#include "spotter/geometry/box.h"

namespace spotter {

// A person found in one frame, no memory: what perceive/ makes and track/ gets. Coordinates are fractions of the frame.
struct Detection {
  float confidence = 0;
  Box box;
  Pose pose;
  Appearance appearance = {};
};

// One confirmed track in one frame.
struct PerceivedPerson {
  TrackId track_id;
  float confidence = 0;
  Box box;
  Pose pose;
  std::optional<Landmarks> landmarks;             // wire: keypoints33
  std::optional<WorldLandmarks> world_landmarks;  // wire: world33
  std::optional<PersonId> person_id;
  bool in_doubt = false;  // may be a reflection: raises nothing until that is decided
  bool operator==(const PerceivedPerson&) const = default;
};

// Something small that lies or stands still where it did not before: somebody put it there and has gone away from it.
struct LeftObject {
  Box box;       // fractions of the frame
  Pts since{0};  // stream time of the first look at it
  bool operator==(const LeftObject&) const = default;
};

// The people of one analysed frame: the fact that a camera worker publishes, empty or not. Its numbers are rounded
// once, by `RoundToWire`, to what docs/formats/perception.md prints, so that memory and file hold the same values.
struct Perception {
  CameraId camera_id;
  Pts pts{0};
  std::optional<UtcTime> captured_at;
  int width = 0;  // pixels of the upright frame
  int height = 0;
  std::vector<PerceivedPerson> people;
  // Tracks of this frame that were found to be reflections; they are not among the people. None = nobody has looked
  // yet.
  std::optional<std::vector<TrackId>> reflections;
  std::vector<LeftObject> objects;  // oldest first; some seconds after they were left, until they are gone
  bool operator==(const Perception&) const = default;
};

using PerceptionPtr = std::shared_ptr<const Perception>;

// The wire form takes coordinates up to this far from 0 (frame widths, metres); anything beyond is no person.
inline constexpr double kMaxCoordinate = 1e4;

// Rounds every number to the precision of the wire form (coordinates 1e-5, confidences 1e-3, metres 1e-4) and brings it
// into its range, so that whatever is recorded can be read back.
void RoundToWire(Perception& perception);

}  // namespace spotter
