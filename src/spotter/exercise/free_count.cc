// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/free_count.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "spotter/exercise/everyday.h"
#include "spotter/exercise/principal.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kComponents = 4;
constexpr std::size_t kFewestFrames = 12;
constexpr float kHysteresis = 0.35F;  // of the signal's spread
constexpr double kSmoothShare = 0.1;  // of the period, either way
constexpr float kLeastLikeness = 0.65F;
constexpr float kSmallestShare = 0.5F;     // of the typical range
constexpr double kShortestShare = 0.5;     // of the typical duration: a jerk on the way is no repetition
constexpr float kKnownExtent = 0.4F;       // of the movement that is known already
constexpr float kKnownLikeness = 0.8F;     // to the movement that is known already
constexpr float kFarthestStart = 0.35F;    // from its start posture
constexpr float kLeastStrength = 0.52F;    // of the period
constexpr float kSettledStrength = 0.45F;  // the same over a whole set, once a part of it was strict
constexpr float kStrictStrength = 0.85F;   // of a period seen only twice
constexpr float kTwiceStrength = 0.6F;     // the same once it had passed before
constexpr float kLeastSize = 0.6F;         // radians and torso lengths: how much posture changes in a cycle
constexpr double kLeastOnSpot = 0.7;       // median over the cycles
constexpr float kGaitAntisymmetry = 0.3F;
constexpr double kShortestSet_s = 4;        // a few quick gestures are no set
constexpr std::size_t kRegularCycles = 4;   // alike in posture and rhythm: a set although its period drifts,
constexpr std::size_t kRegularSettled = 3;  // fewer once a part of it was strict
constexpr float kRegularStrength = 0.1F;
constexpr float kRegularSize = 1.2F;
constexpr float kRegularLikeness = 0.8F;  // median, to the mean cycle
constexpr double kRegularSpread = 0.35;   // of two thirds of the intervals between turns, from the median interval
constexpr float kLevel = 60 / 180.0F * std::numbers::pi_v<float>;
constexpr float kStillBody = 0.2F;    // radians and torso lengths
constexpr float kAlternating = 0.4F;  // antisymmetry of limbs that take turns
constexpr float kUpright = 45 / 180.0F * std::numbers::pi_v<float>;

// Spread without outliers: the range of the inner nine tenths.
float SpreadOf(std::vector<float> values) {
  const std::size_t low = values.size() / 20;
  const std::size_t high = values.size() - 1 - low;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(high), values.end());
  const float top = values[high];
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(low), values.end());
  return top - values[low];
}

const ExerciseDefinition& AnyExercise() {
  static const ExerciseDefinition kAny{
      .id = "unknown", .family = "unknown", .min_s = 0.3, .max_s = 20, .max_pause_s = 10};
  return kAny;
}

std::vector<Attempt> Cycles(const FeatureHistory& history, const Series& series, float threshold) {
  CycleDetector detector(threshold);
  std::vector<Cycle> cycles;
  for (std::size_t i = series.first; i < series.end(); ++i) {
    if (const auto cycle = detector.Update(history.frames()[i].pts, series.At(i))) cycles.push_back(*cycle);
  }
  if (const auto cycle = detector.Finish()) cycles.push_back(*cycle);
  std::vector<Attempt> attempts;
  for (const Cycle& cycle : cycles) {
    if (const auto attempt = Judge(history, AnyExercise(), series, cycle); attempt && attempt->timely)
      attempts.push_back(*attempt);
  }
  return attempts;
}

template <typename Get>
double MedianOf(const std::vector<Attempt>& attempts, Get get) {
  std::vector<double> values;
  values.reserve(attempts.size());
  for (const Attempt& attempt : attempts) values.push_back(get(attempt));
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void DropUnlike(std::vector<Attempt>& attempts, const MovementTemplate* like) {
  MovementTemplate all;
  for (const Attempt& attempt : attempts) all.Add(attempt.movement);
  if (like != nullptr) {
    std::erase_if(attempts, [&](const Attempt& a) {
      return like->Likeness(a.movement) < kKnownLikeness || like->Extent(a.movement) < kKnownExtent ||
             like->StartDistance(a.movement) > kFarthestStart;
    });
    return;
  }
  if (attempts.size() < 3) return;
  const auto duration = [](const Attempt& a) { return ToSeconds(a.rep.end - a.rep.start); };
  const double usual_s = MedianOf(attempts, duration);
  const double range = MedianOf(attempts, [](const Attempt& a) { return a.range; });
  std::erase_if(attempts, [&](const Attempt& a) {
    return a.range < kSmallestShare * range || duration(a) < kShortestShare * usual_s ||
           all.Likeness(a.movement) < kLeastLikeness;
  });
}

Series Negated(Series series) {
  for (float& v : series.values) v = -v;
  return series;
}

// Cycles of one component in the better of its two senses.
std::vector<Attempt> BestSense(const FeatureHistory& history, const Series& series, const MovementTemplate* like) {
  const float threshold = kHysteresis * SpreadOf(series.values);
  if (threshold <= 0) return {};
  std::vector<Attempt> attempts = Cycles(history, series, threshold);
  std::vector<Attempt> opposite = Cycles(history, Negated(series), threshold);
  DropUnlike(attempts, like);
  DropUnlike(opposite, like);
  if (opposite.size() > attempts.size()) attempts.swap(opposite);
  return attempts;
}

// In a plank only a moving trunk or moving legs make a repetition; tapping the shoulders belongs to the hold.
bool IsArmsOnTheGround(const MovementTemplate& movement) {
  constexpr std::array kBody = {Feature::kShouldersY, Feature::kHipsY, Feature::kHip, Feature::kKnee};
  const bool is_level = movement.Start(Feature::kTorsoTilt) > kLevel;
  return is_level && std::all_of(kBody.begin(), kBody.end(),
                                 [&](Feature feature) { return std::abs(movement.Change(feature)) < kStillBody; });
}

// Cycles alike in posture and rhythm. The autocorrelation of a long set suffers when its tempo drifts, these do not.
bool IsRegular(const FreeCount& count, const MovementTemplate& mean, bool settled) {
  if (count.attempts.size() < (settled ? kRegularSettled : kRegularCycles)) return false;
  if (count.strength < kRegularStrength || mean.Size() < kRegularSize) return false;
  if (UnsteadinessOfRhythm(count.attempts) > kRegularSpread) return false;
  return MedianOf(count.attempts, [&](const Attempt& a) { return mean.Likeness(a.movement); }) >= kRegularLikeness;
}

bool StaysOnTheSpot(const FeatureHistory& history, const std::vector<Attempt>& attempts) {
  const std::size_t last = history.frames().size() - 1;
  const double score = MedianOf(attempts, [&](const Attempt& a) {
    return OnTheSpotScore(history,
                          {std::min(history.IndexAt(a.rep.start), last), std::min(history.IndexAt(a.rep.end), last)});
  });
  return score >= kLeastOnSpot;
}

// Limbs that take turns make one repetition a side: the distance from the middle counts, whichever side.
Series WithoutSides(Series series) {
  std::vector<float> sorted = series.values;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const float median = *middle;
  for (float& v : series.values) v = std::abs(v - median);
  return series;
}

}  // namespace

FreeCount CountFreely(const FeatureHistory& history, Span span, const MovementTemplate* like) {
  FreeCount best;
  if (span.last >= history.frames().size() || span.last < span.first + kFewestFrames) return best;
  float most = 0;
  for (PrincipalComponent& component : PrincipalComponents(history, span, kComponents)) {
    if (component.antisymmetry > kAlternating) component.series = WithoutSides(std::move(component.series));
    const Period period = EstimatePeriod(history, component.series);
    if (period.seconds <= 0) continue;
    const float score = component.variance_share * std::max(period.strength, 0.05F);
    if (score <= most) continue;
    const Series smooth = Smoothed(history, component.series, kSmoothShare * period.seconds);
    std::vector<Attempt> attempts = BestSense(history, smooth, like);
    if (attempts.size() < 2) continue;
    most = score;
    best = {std::move(attempts), period.strength, period.seconds, component.leg_antisymmetry};
  }
  return best;
}

bool IsExercise(const FeatureHistory& history, const FreeCount& count, bool settled) {
  const bool is_long = count.attempts.size() >= 3 && count.strength >= (settled ? kSettledStrength : kLeastStrength);
  const bool is_strict = count.attempts.size() >= 2 && count.strength >= (settled ? kTwiceStrength : kStrictStrength);
  MovementTemplate all;
  for (const Attempt& attempt : count.attempts) all.Add(attempt.movement);
  if (!is_long && !is_strict && !IsRegular(count, all, settled)) return false;
  if (all.Size() < kLeastSize || !IsWellSeen(all.Start(Feature::kSize), all.Start(Feature::kConfidence))) return false;
  if (IsArmsOnTheGround(all)) return false;
  const double duration_s = ToSeconds(count.attempts.back().rep.end - count.attempts.front().rep.start);
  if (duration_s < kShortestSet_s) return false;
  const Span span{history.IndexAt(count.attempts.front().rep.start),
                  std::min(history.IndexAt(count.attempts.back().rep.end), history.frames().size() - 1)};
  const float lean = Mean(history, {Feature::kTorsoLean, SideUse::kMean}, span);
  if (count.leg_antisymmetry > kGaitAntisymmetry && !(lean > kUpright)) return false;
  return !IsWalkingAbout(history, span) && StaysOnTheSpot(history, count.attempts);
}

}  // namespace spotter::exercise
