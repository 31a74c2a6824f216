// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <vector>

#include "spotter/exercise/joints.h"

namespace spotter::exercise {

// Whether a person wipes a surface: one hand (or both) goes to and fro at about hip height, more across than up, while
// both feet and the hips stay where they are. From the path of the hands in the last seconds: in curls and presses the
// hand rises to the shoulder, in rows and deadlifts it hangs far below the hips or the trunk moves, and who walks on a
// treadmill swings the arms but lifts the feet. One person, one owner, not thread safe.
class WipingDetector {
 public:
  // `known_torso_length`: the person's so far, in frame heights; 0 = not known yet. REQUIRES: rising pts
  void Update(const Joints& joints, float known_torso_length);
  bool wiping() const { return wiping_; }

 private:
  struct Sample {
    Pts pts{0};
    Point hips;
    std::optional<Point> shoulders;
    std::optional<Point> ankles;  // between both
    std::array<std::optional<Point>, 2> feet;
    std::array<std::optional<Point>, 2> hands;
  };

  float TorsoByLegs() const;
  bool StandsStill(float torso_length) const;
  std::vector<Point> PathOf(std::size_t foot) const;
  bool Sweeps(std::size_t hand, float torso_length) const;

  std::deque<Sample> samples_;
  Pts next_look_{0};
  bool wiping_ = false;
};

}  // namespace spotter::exercise
