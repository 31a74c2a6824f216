// SPDX-License-Identifier: Apache-2.0
#include "spotter/core/perception.h"

#include <cmath>

namespace spotter {
namespace {

// The float nearest to the decimal number: what a reader of the printed decimals gets back. Values that are no number
// become 0.
void RoundTo(float& value, double steps_per_unit) {
  value = std::isfinite(value)
              ? static_cast<float>(std::round(static_cast<double>(value) * steps_per_unit) / steps_per_unit)
              : 0.0F;
  if (value == 0) value = 0;  // no negative zero on the wire
}

constexpr double kCoordinateSteps = 1e5;
constexpr double kConfidenceSteps = 1e3;
constexpr double kMetreSteps = 1e4;

void RoundPerson(PerceivedPerson& person) {
  RoundTo(person.confidence, kConfidenceSteps);
  for (float* edge : {&person.box.x0, &person.box.y0, &person.box.x1, &person.box.y1}) RoundTo(*edge, kCoordinateSteps);
  for (Keypoint& k : person.pose.keypoints) {
    RoundTo(k.x, kCoordinateSteps);
    RoundTo(k.y, kCoordinateSteps);
    RoundTo(k.confidence, kConfidenceSteps);
  }
  if (person.landmarks) {
    for (Landmark& l : *person.landmarks) {
      for (float* v : {&l.x, &l.y, &l.z}) RoundTo(*v, kCoordinateSteps);
      RoundTo(l.confidence, kConfidenceSteps);
    }
  }
  if (person.world_landmarks) {
    for (WorldPoint& p : *person.world_landmarks) {
      for (float* v : {&p.x, &p.y, &p.z}) RoundTo(*v, kMetreSteps);
    }
  }
}

}  // namespace

void RoundToWire(Perception& perception) {
  for (PerceivedPerson& person : perception.people) RoundPerson(person);
}

}  // namespace spotter
