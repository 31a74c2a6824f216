// SPDX-License-Identifier: Apache-2.0
#include "spotter/core/perception.h"

#include <algorithm>
#include <cmath>

namespace spotter {
namespace {

constexpr double kCoordinateSteps = 1e5;
constexpr double kConfidenceSteps = 1e3;
constexpr double kMetreSteps = 1e4;

// The float nearest to the decimal number: what a reader of the printed decimals gets back. Values that are no number
// become 0.
float Rounded(float value, double low, double high, double steps_per_unit) {
  if (!std::isfinite(value)) return 0;
  const double rounded = std::round(std::clamp<double>(value, low, high) * steps_per_unit) / steps_per_unit;
  return rounded == 0 ? 0.0F : static_cast<float>(rounded);  // no negative zero on the wire
}

void RoundTo(float& value, double steps_per_unit) {
  value = Rounded(value, -kMaxCoordinate, kMaxCoordinate, steps_per_unit);
}

void RoundConfidence(float& value) { value = Rounded(value, 0, 1, kConfidenceSteps); }

void RoundBox(Box& box) {
  for (float* edge : {&box.x0, &box.y0, &box.x1, &box.y1}) RoundTo(*edge, kCoordinateSteps);
}

void RoundPerson(PerceivedPerson& person) {
  RoundConfidence(person.confidence);
  RoundBox(person.box);
  for (Keypoint& k : person.pose.keypoints) {
    if (!std::isfinite(k.x) || !std::isfinite(k.y)) k.confidence = 0;
    RoundTo(k.x, kCoordinateSteps);
    RoundTo(k.y, kCoordinateSteps);
    RoundConfidence(k.confidence);
  }
  if (person.landmarks) {
    for (Landmark& l : *person.landmarks) {
      for (float* v : {&l.x, &l.y, &l.z}) RoundTo(*v, kCoordinateSteps);
      RoundConfidence(l.confidence);
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
  for (LeftObject& object : perception.objects) RoundBox(object.box);
}

}  // namespace spotter
