// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "spotter/exercise/feature.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Three stretches of one cycle.
struct CycleSpans {
  Span start;  // in the start posture, just before it is left
  Span turn;   // at the far end
  Span whole;
};

// What one repetition looks like in all features at once: the posture it starts from and how far each feature moves
// from there to the far end. Independent of how the exercise is defined.
struct Movement {
  FeatureValues start{};
  FeatureValues change{};
};
Movement MeasureMovement(const FeatureHistory& history, const CycleSpans& spans);

// The same from a known start posture to the posture in `end`.
Movement MeasureMovementFrom(const FeatureValues& start, const FeatureHistory& history, Span end);

// How far a movement goes along another one: 1 = as far, 0.5 = half; 0 without common features.
float Extent(const Movement& movement, const Movement& along);

// The extent, along the movement, of the posture that the person is in then: 0 = at its start, 1 = at its far end.
float ExtentAt(const FeatureHistory& history, Span then, const Movement& movement);

// Share of the change, [0, 1], that is nothing but the person getting larger or smaller in the picture: coming nearer
// changes all lengths by one factor, and no angle.
float GrowthShare(const Movement& movement);

// Says where a person stands or hangs in the picture, which is no posture.
bool IsPlace(Feature feature);

// Whether the person is near or clear enough to trust what the joints do: far and hardly seen people jitter.
bool IsWellSeen(float size, float confidence);

// The mean movement of a set's good repetitions, to tell its other repetitions (also half ones) from setting up,
// racking and scratching: those start from another posture or move in another direction of feature space.
class MovementTemplate {
 public:
  void Add(const Movement& movement);
  std::size_t count() const { return count_; }
  // Length of the mean change: how much of the posture moves, and how far.
  float Size() const;
  float Change(Feature feature) const { return mean_.change[static_cast<std::size_t>(feature)]; }
  float Start(Feature feature) const { return mean_.start[static_cast<std::size_t>(feature)]; }
  // Cosine between the changes, [-1, 1]; 0 without common features.
  float Likeness(const Movement& movement) const;
  // How far the movement goes along the mean one, as above.
  float Extent(const Movement& movement) const { return exercise::Extent(movement, mean_); }
  // Mean absolute difference of the start postures (radians and torso lengths alike).
  float StartDistance(const Movement& movement) const;

 private:
  std::size_t count_ = 0;
  Movement mean_;  // 0 where nothing is known
  std::array<int, kFeatureCount> known_{};
};

}  // namespace spotter::exercise
