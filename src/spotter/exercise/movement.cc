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
constexpr float kFarConfidence = 0.5F;
constexpr float kNearSize = 0.14F;
constexpr float kLeastConfidence = 0.37F;

// Sums over the features that two directions of feature space have in common.
struct Products {
  float dot = 0;
  float left = 0;  // squared length of the first
  float right = 0;

  void Add(float a, float b) {
    dot += a * b;
    left += a * a;
    right += b * b;
  }
  float Cosine() const { return left > 0 && right > 0 ? dot / std::sqrt(left * right) : 0; }
};

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
  return MeasureMovementFrom(Means(history, spans.start), history, spans.turn);
}

Movement MeasureMovementFrom(const FeatureValues& start, const FeatureHistory& history, Span end) {
  Movement movement{.start = start, .change = Means(history, end)};
  for (std::size_t i = 0; i < kMovementCount; ++i) movement.change[i] -= start[i];
  return movement;
}

float Extent(const Movement& movement, const Movement& along) {
  Products sums;
  for (std::size_t i = 0; i < kMovementCount; ++i) {
    if (!std::isnan(along.change[i]) && !std::isnan(movement.change[i])) sums.Add(along.change[i], movement.change[i]);
  }
  return sums.left > 0 ? sums.dot / sums.left : 0;
}

float ExtentAt(const FeatureHistory& history, Span then, const Movement& movement) {
  return Extent(MeasureMovementFrom(movement.start, history, then), movement);
}

float GrowthShare(const Movement& movement) {
  Products sums;
  for (std::size_t i = 0; i < kMovementCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    // The tilt is told from a length.
    if (IsPlace(feature) || feature == Feature::kTorsoTilt || std::isnan(movement.change[i])) continue;
    sums.Add(IsAngle(feature) ? 0 : movement.start[i], movement.change[i]);
  }
  return sums.Cosine() * sums.Cosine();
}

void MovementTemplate::Add(const Movement& movement) {
  ++count_;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (std::isnan(movement.change[i])) continue;
    const float share = 1.0F / static_cast<float>(++known_[i]);
    mean_.start[i] += share * (movement.start[i] - mean_.start[i]);
    mean_.change[i] += share * (movement.change[i] - mean_.change[i]);
  }
}

float MovementTemplate::Size() const {
  float squares = 0;
  for (const float change : mean_.change) squares += change * change;
  return std::sqrt(squares);
}

float MovementTemplate::Likeness(const Movement& movement) const {
  Products sums;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (known_[i] > 0 && !std::isnan(movement.change[i])) sums.Add(mean_.change[i], movement.change[i]);
  }
  return sums.Cosine();
}

float MovementTemplate::StartDistance(const Movement& movement) const {
  float sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (known_[i] == 0 || IsPlace(static_cast<Feature>(i)) || std::isnan(movement.start[i])) continue;
    sum += std::abs(movement.start[i] - mean_.start[i]);
    ++count;
  }
  return count > 0 ? sum / static_cast<float>(count) : 0;
}

}  // namespace spotter::exercise
