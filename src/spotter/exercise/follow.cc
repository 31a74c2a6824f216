// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/follow.h"

#include <cmath>

#include "spotter/exercise/candidate.h"

namespace spotter::exercise {
namespace {

constexpr float kHysteresis = 0.35F;  // of the movement
constexpr float kLeastRange = 0.5F;   // of it
constexpr float kLeastSeen = 0.5F;    // of the movement, squared

}  // namespace

Series AlongMovement(const FeatureHistory& history, Span span, const MovementTemplate& movement) {
  const float whole = movement.Size() * movement.Size();
  Series series{.first = span.first};
  series.values.reserve(span.last - span.first + 1);
  for (std::size_t i = span.first; i <= span.last; ++i) {
    const FeatureFrame& frame = history.frames()[i];
    float dot = 0;
    float seen = 0;
    for (std::size_t k = 0; k < kMovementCount; ++k) {
      const auto feature = static_cast<Feature>(k);
      const float value = frame.mean[k];
      if (std::isnan(value)) continue;
      const float change = movement.Change(feature);
      dot += change * (value - movement.Start(feature));
      seen += change * change;
    }
    series.values.push_back(seen > kLeastSeen * whole ? dot / seen : kMissing);
  }
  return series;
}

std::vector<Attempt> Follow(const FeatureHistory& history,
                            Span span,
                            const MovementTemplate& movement,
                            const ExerciseDefinition& exercise) {
  const Series series = AlongMovement(history, span, movement);
  CycleDetector detector(kHysteresis);
  detector.SetTypicalRange(1);
  std::vector<Attempt> attempts;
  for (const Cycle& cycle : FindCompleteCycles(history, series, detector)) {
    if (cycle.range() < kLeastRange) continue;
    const std::optional<Attempt> attempt = Judge(history, exercise, series, cycle);
    if (attempt && Resembles(*attempt, movement, 1)) attempts.push_back(*attempt);
  }
  return attempts;
}

}  // namespace spotter::exercise
