// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/movement.h"

#include <algorithm>
#include <cmath>

namespace spotter::exercise {
namespace {

// Torso length in frame heights and mean confidence of the joints: nothing is said of smaller people, the far ones must
// be seen clearly, from kNearSize on the least is enough; between the two the demand falls.
constexpr float kLeastSize = 0.05F;
constexpr float kFarSize = 0.11F;
constexpr float kFarConfidence = 0.6F;
constexpr float kNearSize = 0.14F;
constexpr float kLeastConfidence = 0.37F;

}  // namespace

bool IsPlace(Feature feature) {
  return feature == Feature::kHipsY || feature == Feature::kShouldersY || feature == Feature::kWristsY ||
         feature == Feature::kAnklesY || feature == Feature::kHipsX || feature == Feature::kAnklesX ||
         feature == Feature::kSize || feature == Feature::kConfidence;
}

bool IsWellSeen(float size, float confidence) {
  if (!(size >= kLeastSize)) return false;
  const float nearness = std::clamp((size - kFarSize) / (kNearSize - kFarSize), 0.0F, 1.0F);
  return confidence >= kFarConfidence + nearness * (kLeastConfidence - kFarConfidence);
}

Movement MeasureMovement(const FeatureHistory& history, const CycleSpans& spans) {
  Movement movement;
  movement.start.fill(kMissing);
  movement.change.fill(kMissing);
  for (std::size_t i = 0; i < kMovementCount; ++i) {
    const FeatureRef ref{static_cast<Feature>(i), SideUse::kMean};
    movement.start[i] = Mean(history, ref, spans.start);
    movement.change[i] = Mean(history, ref, spans.turn) - movement.start[i];
  }
  return movement;
}

float GrowthShare(const Movement& movement) {
  float along = 0;
  float starts = 0;
  float changes = 0;
  for (std::size_t i = 0; i < kMovementCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    // The tilt is told from a length.
    if (IsPlace(feature) || feature == Feature::kTorsoTilt || std::isnan(movement.change[i])) continue;
    changes += movement.change[i] * movement.change[i];
    if (IsAngle(feature)) continue;
    along += movement.start[i] * movement.change[i];
    starts += movement.start[i] * movement.start[i];
  }
  return starts > 0 && changes > 0 ? along * along / (starts * changes) : 0;
}

void MovementTemplate::Add(const Movement& movement) {
  ++count_;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (std::isnan(movement.change[i])) continue;
    const float share = 1.0F / static_cast<float>(++known_[i]);
    start_[i] += share * (movement.start[i] - start_[i]);
    change_[i] += share * (movement.change[i] - change_[i]);
  }
}

float MovementTemplate::Size() const {
  float squares = 0;
  for (const float change : change_) squares += change * change;
  return std::sqrt(squares);
}

float MovementTemplate::Likeness(const Movement& movement) const {
  float dot = 0;
  float mine = 0;
  float other = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (known_[i] == 0 || std::isnan(movement.change[i])) continue;
    dot += change_[i] * movement.change[i];
    mine += change_[i] * change_[i];
    other += movement.change[i] * movement.change[i];
  }
  return mine > 0 && other > 0 ? dot / std::sqrt(mine * other) : 0;
}

float MovementTemplate::Extent(const Movement& movement) const {
  float dot = 0;
  float squares = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (known_[i] == 0 || std::isnan(movement.change[i])) continue;
    dot += change_[i] * movement.change[i];
    squares += change_[i] * change_[i];
  }
  return squares > 0 ? dot / squares : 0;
}

float MovementTemplate::StartDistance(const Movement& movement) const {
  float sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (known_[i] == 0 || IsPlace(static_cast<Feature>(i)) || std::isnan(movement.start[i])) continue;
    sum += std::abs(movement.start[i] - start_[i]);
    ++count;
  }
  return count > 0 ? sum / static_cast<float>(count) : 0;
}

}  // namespace spotter::exercise
