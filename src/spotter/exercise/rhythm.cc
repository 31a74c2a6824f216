// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/rhythm.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "spotter/base/quantile.h"
#include "spotter/exercise/principal.h"
#include "spotter/exercise/series.h"

namespace spotter::exercise {
namespace {

constexpr double kSmoothShare = 0.1;   // of the period, either way
constexpr float kHysteresis = 0.2F;    // of the range, below the middle, before the next way up begins
constexpr double kDisagreement = 0.2;  // of the period

// Seconds at which the series passes `middle` upwards, between frames by interpolation.
std::vector<double> WaysUp(const FeatureHistory& history, const Series& series, float middle, float hysteresis) {
  std::vector<double> passed_s;
  bool is_low = false;
  for (std::size_t i = series.first; i < series.end(); ++i) {
    const float value = series.At(i);
    if (value < middle - hysteresis) is_low = true;
    if (!is_low || value < middle || i == series.first) continue;
    is_low = false;
    const float before = series.At(i - 1);
    const double from_s = ToSeconds(history.frames()[i - 1].pts);
    const double to_s = ToSeconds(history.frames()[i].pts);
    const double share = value > before ? std::clamp((middle - before) / (value - before), 0.0F, 1.0F) : 0.0F;
    passed_s.push_back(from_s + share * (to_s - from_s));
  }
  return passed_s;
}

}  // namespace

std::optional<Rhythm> MeasureRhythm(const FeatureHistory& history, const Signal& signal, Span span) {
  Rhythm rhythm{.range = Travel(history, signal.feature, span)};
  if (!(rhythm.range > 0)) return std::nullopt;
  const Series series = MakeSeries(history, signal, span);
  const Period period = EstimatePeriod(history, series);
  if (period.seconds <= 0) return std::nullopt;
  const Series smooth = Smoothed(history, series, kSmoothShare * period.seconds);
  const float middle = InnerRange(smooth.values).middle();
  const std::vector<double> passed_s = WaysUp(history, smooth, middle, kHysteresis * rhythm.range);
  if (passed_s.size() < 3) return std::nullopt;
  rhythm.cycle_s = (passed_s.back() - passed_s.front()) / static_cast<double>(passed_s.size() - 1);
  rhythm.strength = period.strength;
  if (std::abs(rhythm.cycle_s - period.seconds) > kDisagreement * period.seconds) return std::nullopt;
  return rhythm;
}

}  // namespace spotter::exercise
