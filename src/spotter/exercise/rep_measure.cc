// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/rep_measure.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "spotter/base/median.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kPosture{150'000};  // either side of the turn, and before the start
constexpr double kLeastSeen = 0.6;                      // of the frames of a stretch
constexpr float kLeastConfidence = 0.3F;                // mean of the body's joints
constexpr float kMostMissed = 0.5F;                     // of a range by how the repetition was cut
constexpr std::size_t kTrim = 10;                       // one in so many frames is left out at either extreme

// Apparent shoulder width over torso length. Shoulders turned by 30 degrees from square on still show 87 % of their
// width, by 65 degrees 42 %.
constexpr float kFrontWidth = 0.52F;
constexpr float kSideWidth = 0.27F;

Span Between(const FeatureHistory& history, Pts from, Pts to) {
  const std::size_t last = history.frames().size() - 1;
  const std::size_t first = std::min(history.IndexAt(from), last);
  std::size_t end = std::min(history.IndexAt(to), last);
  if (end > first && history.frames()[end].pts > to) --end;
  return {first, std::max(first, end)};
}

Span WholeOf(const FeatureHistory& history, const Rep& rep) { return Between(history, rep.start, rep.end); }
Span TurnOf(const FeatureHistory& history, const Rep& rep) {
  return Between(history, rep.turn - kPosture, rep.turn + kPosture);
}
Span StartOf(const FeatureHistory& history, const Rep& rep) {
  return Between(history, rep.start - kPosture, rep.start);
}

// Noise moves the ends of a repetition, where hardly anything moves, by a quarter of its duration, and a live one ends
// when it is counted.
Span AroundOf(const FeatureHistory& history, const Rep& rep) {
  const Pts reach = (rep.end - rep.start) / 3;
  return Between(history, rep.start - reach, rep.end + reach);
}

std::vector<Reading> Values(const FeatureHistory& history, FeatureRef feature, Span span) {
  std::vector<Reading> values;
  float confidence = 0;
  for (std::size_t i = span.first; i <= span.last; ++i) {
    const FeatureFrame& frame = history.frames()[i];
    const float value = frame.Get(feature);
    if (!std::isfinite(value)) continue;
    values.push_back({value, frame.pts});
    confidence += frame.Get({Feature::kConfidence});
  }
  const auto frames = static_cast<double>(span.last - span.first + 1);
  if (static_cast<double>(values.size()) < kLeastSeen * frames) return {};
  if (!(confidence >= kLeastConfidence * static_cast<float>(values.size()))) return {};
  return values;
}

// Half of the frames may show a wrong joint.
std::optional<float> MedianValue(const FeatureHistory& history, FeatureRef feature, Span span) {
  const std::vector<Reading> values = Values(history, feature, span);
  if (values.empty()) return std::nullopt;
  return MedianOf(values, &Reading::value);
}

// Lowest and highest value, with a tenth of the frames left out at either end.
std::optional<std::pair<Reading, Reading>> Extremes(const FeatureHistory& history, FeatureRef feature, Span span) {
  std::vector<Reading> values = Values(history, feature, span);
  if (values.empty()) return std::nullopt;
  std::ranges::stable_sort(values, {}, &Reading::value);
  const std::size_t trimmed = values.size() / kTrim;
  return std::pair{values[trimmed], values[values.size() - 1 - trimmed]};
}

std::optional<Reading> ReadExtreme(const FeatureHistory& history, const FormMeasure& measure, Span span) {
  const auto extremes = Extremes(history, measure.feature, span);
  if (!extremes) return std::nullopt;
  const auto& [low, high] = *extremes;
  if (measure.moment == Moment::kLowest) return low;
  if (measure.moment == Moment::kHighest) return high;
  return Reading{high.value - low.value, high.at};
}

// Where the far end is low, the other extreme is the highest value around the repetition, and the other way round, but
// no farther than a cut can hide: the rest is another movement, how the weight was taken up.
std::optional<Reading> ReadRange(const FeatureHistory& history, FeatureRef feature, const Rep& rep) {
  const auto own = Extremes(history, feature, WholeOf(history, rep));
  const auto around = Extremes(history, feature, AroundOf(history, rep));
  const std::optional<float> turn = MedianValue(history, feature, TurnOf(history, rep));
  if (!own || !around || !turn) return std::nullopt;
  const auto& [low, high] = *own;
  const bool turns_low = *turn - low.value < high.value - *turn;
  const float seen = high.value - low.value;
  const float beyond = turns_low ? around->second.value - high.value : low.value - around->first.value;
  return Reading{seen + std::clamp(beyond, 0.0F, kMostMissed * seen), turns_low ? low.at : high.at};
}

std::optional<Reading> ReadTiming(Timing timing, const Rep& rep) {
  switch (timing) {
    case Timing::kEccentric:
      return Reading{static_cast<float>(ToSeconds(rep.eccentric)), rep.turn};
    case Timing::kConcentric:
      return Reading{static_cast<float>(ToSeconds(rep.concentric)), rep.turn};
    case Timing::kWhole:
      break;
  }
  return Reading{static_cast<float>(ToSeconds(rep.end - rep.start)), rep.turn};
}

// The history still reaches back to the repetition.
bool IsKept(const FeatureHistory& history, const Rep& rep) {
  return !history.frames().empty() && history.frames().front().pts <= rep.start && rep.start < rep.end;
}

}  // namespace

std::optional<Reading> Read(const FeatureHistory& history, const FormMeasure& measure, const Rep& rep) {
  if (!IsKept(history, rep)) return std::nullopt;
  if (measure.timing) return ReadTiming(*measure.timing, rep);
  if (measure.moment == Moment::kRange) return ReadRange(history, measure.feature, rep);
  const bool needs_turn = measure.moment == Moment::kTurn || measure.moment == Moment::kChange;
  const bool needs_start = measure.moment == Moment::kStart || measure.moment == Moment::kChange;
  if (measure.moment == Moment::kThroughout) {
    const std::optional<float> median = MedianValue(history, measure.feature, WholeOf(history, rep));
    return median ? std::optional<Reading>({*median, rep.turn}) : std::nullopt;
  }
  if (!needs_turn && !needs_start) return ReadExtreme(history, measure, WholeOf(history, rep));
  float value = 0;
  if (needs_turn) {
    const std::optional<float> turn = MedianValue(history, measure.feature, TurnOf(history, rep));
    if (!turn) return std::nullopt;
    value = *turn;
  }
  if (needs_start) {
    const std::optional<float> start = MedianValue(history, measure.feature, StartOf(history, rep));
    if (!start) return std::nullopt;
    value = needs_turn ? value - *start : *start;
  }
  return Reading{value, needs_turn ? rep.turn : rep.start};
}

std::optional<View> EstimateView(const FeatureHistory& history, const Rep& rep) {
  if (!IsKept(history, rep)) return std::nullopt;
  const std::optional<float> width = MedianValue(history, {Feature::kShoulderWidth}, WholeOf(history, rep));
  if (!width) return std::nullopt;
  if (*width >= kFrontWidth) return View::kFront;
  return *width <= kSideWidth ? View::kSide : View::kDiagonal;
}

}  // namespace spotter::exercise
