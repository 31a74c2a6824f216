// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <vector>

#include "spotter/exercise/joints.h"

namespace spotter::exercise {

// It takes several strokes to tell a wipe, which has gone on for so long when it is told.
inline constexpr std::chrono::microseconds kWipeToldAfter{1'600'000};

// Whether a person wipes a surface: one hand (or both) goes to and fro at about hip height (in the picture as high as
// the shoulders where the camera looks down), more across than up, while both feet and the hips stay where they are.
// From the path of the hands in the last seconds: in curls and presses the hand rises to the shoulder, in rows and
// deadlifts it hangs far below the hips or the trunk moves, and who walks on a treadmill swings the arms but lifts the
// feet. One person, one owner, not thread safe.
class WipingDetector {
 public:
  // `known_torso_length`: the person's so far, in frame heights; 0 = not known yet. REQUIRES: rising pts
  void Update(const Joints& joints, float known_torso_length);
  bool wiping() const { return wiping_; }

 private:
  struct Sample {
    Joints joints;
    Point hips;  // between both
  };
  enum class Origin { kPicture, kHips };

  float TorsoByLegs() const;
  bool StandsStill(float torso_length) const;
  std::vector<Point> PathOf(KeypointId joint, float least_weight, Origin origin) const;
  float MeanWeight(KeypointId joint) const;
  bool Sweeps(KeypointId hand, float torso_length) const;

  std::deque<Sample> samples_;
  Pts next_look_{0};
  bool wiping_ = false;
};

}  // namespace spotter::exercise
