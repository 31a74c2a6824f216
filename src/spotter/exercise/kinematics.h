// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <deque>

#include "spotter/exercise/feature.h"
#include "spotter/exercise/joints.h"

namespace spotter::exercise {

// Turns one person's filtered joints into features. Remembers two slow things: the person's torso length in the picture
// (a high percentile of what the bones showed in the last seconds: a projected bone is never too long, a wrong joint
// may be), and how well each joint was seen lately, so that the weight between left and right does not flicker. One
// person, one owner, not thread safe.
class Kinematics {
 public:
  // REQUIRES: rising pts
  FeatureFrame Update(const Joints& joints);
  // Torso length in frame heights; 0 before the first usable frame.
  float scale() const { return scale_; }
  void Reset() { *this = Kinematics(); }

 private:
  void UpdateWeights(const Joints& joints, double dt_s);
  // One value of a left and a right one, each by how well its joint was seen lately.
  float OfBothSides(KeypointId left_joint, float left, float right) const;
  float LegsSeen() const;
  void UpdateScale(const Joints& joints);
  void AddPlaces(const Joints& joints, FeatureFrame& frame);

  struct Length {
    Pts pts{0};
    float value = 0;  // torso length that the bones of one frame show, frame heights
  };

  // A coordinate in torso lengths whose scale may change on the way: the sum of its moves, each in the scale of its
  // time.
  struct Place {
    float raw = kMissing;
    float value = 0;
  };
  float Moved(Feature feature, float raw);

  Pts last_pts_{-1};
  float scale_ = 0;
  std::array<Place, kFeatureCount> places_{};
  std::deque<Length> lengths_;
  std::array<float, kKeypointCount> weights_{};
};

}  // namespace spotter::exercise
