// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/free_count.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>
#include <utility>

#include "spotter/base/median.h"
#include "spotter/exercise/everyday.h"
#include "spotter/exercise/principal.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kComponents = 4;
constexpr std::size_t kFewestFrames = 12;
constexpr float kHysteresis = 0.35F;  // of the signal's spread
constexpr double kSmoothShare = 0.1;  // of the period, either way
constexpr float kLeastLikeness = 0.65F;
constexpr std::size_t kTurnSpace = 3;  // components in which two movements may take turns,
constexpr double kLeastTurn = 0.38;    // of the common period, to the next one
constexpr double kMostTurn = 0.62;
constexpr float kTurnsStrength = 0.5F;       // of the period from one to the next,
constexpr float kTurnsStrengthShare = 0.6F;  // as a share of that of the common period
constexpr float kSmallestShare = 0.5F;       // of the typical range
constexpr double kShortestShare = 0.5;       // of the typical duration: a jerk on the way is no repetition
constexpr float kKnownExtent = 0.4F;         // of the movement that is known already
constexpr float kKnownLikeness = 0.8F;       // to the movement that is known already
constexpr float kFarthestStart = 0.35F;      // from its start posture
constexpr float kSettledStrength = 0.45F;    // of the period over a whole set, once a part of it was strict
constexpr float kTwiceStrength = 0.6F;       // the same of two cycles
constexpr float kLeastSize = 0.6F;           // radians and torso lengths: how much posture changes in a cycle
constexpr double kLeastOnSpot = 0.7;         // median over the cycles
constexpr float kGaitAntisymmetry = 0.3F;
constexpr double kShortestSet_s = 4;   // a few quick gestures are no set
constexpr double kLongestCycle_s = 9;  // with the pause after it
constexpr std::size_t kFew = 3;        // cycles
constexpr std::size_t kMany = 6;
constexpr float kSteadyStrength = 0.2F;  // of the period
constexpr double kUnevenFew = 0;         // irregularity that so many cycles may have,
constexpr double kUnevenSome = 0.1;
constexpr double kUnevenMany = 0.2;
constexpr double kUnevenPerStrength = 0.5;  // and more the stronger their period is
constexpr double kUnevenSmall = 0.3;        // of a small movement
constexpr float kSmallStrength = 0.6F;
constexpr double kFilledShare = 0.4;  // of the time that somebody was in view,
constexpr float kFillingSize = 1.5F;  // by a movement of this size,
constexpr double kUnevenStay = 0.5;
constexpr float kLargeSize = 2.2F;  // or this, when it was seen only twice
constexpr double kUnevenTwo = 0.25;
constexpr double kLongestTwo_s = 12;        // of two cycles alone,
constexpr float kStrictStrength = 0.85F;    // whose period must be this strong
constexpr std::size_t kRegularSettled = 3;  // alike in posture and rhythm: a set although its period drifts
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

std::vector<Attempt> Cycles(const FeatureHistory& history, const Series& series, float threshold) {
  return FindAttempts(history, AnyExercise(), series, CycleDetector(threshold));
}

// Drops what is much smaller or shorter than the others.
void DropSmall(std::vector<Attempt>& attempts) {
  if (attempts.size() < 3) return;
  const double usual_s = MedianOf(attempts, Duration_s);
  const float range = MedianOf(attempts, &Attempt::range);
  std::erase_if(attempts, [&](const Attempt& a) {
    return a.range < kSmallestShare * range || Duration_s(a) < kShortestShare * usual_s;
  });
}

void DropUnlike(std::vector<Attempt>& attempts, const MovementTemplate* like) {
  if (like != nullptr) {
    std::erase_if(attempts, [&](const Attempt& a) {
      return like->Likeness(a.movement) < kKnownLikeness || like->Extent(a.movement) < kKnownExtent ||
             like->StartDistance(a.movement) > kFarthestStart;
    });
    return;
  }
  if (attempts.size() < 3) return;
  MovementTemplate all;
  for (const Attempt& attempt : attempts) all.Add(attempt.movement);
  DropSmall(attempts);
  std::erase_if(attempts, [&](const Attempt& a) { return all.Likeness(a.movement) < kLeastLikeness; });
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

// Median over the cycles of their likeness to the mean one, of their own kind where two take turns.
double MedianLikeness(const FreeCount& count) {
  std::array<MovementTemplate, 2> means;
  const auto kind = [&](std::size_t i) { return count.takes_turns ? i % 2 : 0; };
  for (std::size_t i = 0; i < count.attempts.size(); ++i) means[kind(i)].Add(count.attempts[i].movement);
  std::size_t i = 0;
  return MedianOf(count.attempts, [&](const Attempt& a) { return means[kind(i++)].Likeness(a.movement); });
}

// Cycles alike in posture and rhythm. The autocorrelation of a long set suffers when its tempo drifts, these do not.
bool IsRegular(const FreeCount& count, const MovementTemplate& mean) {
  if (count.attempts.size() < kRegularSettled) return false;
  if (count.strength < kRegularStrength || mean.Size() < kRegularSize) return false;
  if (UnsteadinessOfRhythm(count.attempts) > kRegularSpread) return false;
  return MedianLikeness(count) >= kRegularLikeness;
}

// From the first start to the last end, seconds.
double Duration_s(const FreeCount& count) {
  return ToSeconds(count.attempts.back().rep.end - count.attempts.front().rep.start);
}

// Even enough for their number: gestures and steps come again, but not alike and not in time.
bool IsSteady(const FreeCount& count, const MovementTemplate& mean) {
  const std::size_t cycles = count.attempts.size();
  if (cycles < 2 || Duration_s(count) > kLongestCycle_s * static_cast<double>(cycles)) return false;
  if (count.strength < (cycles < kFew ? kStrictStrength : kSteadyStrength) || MedianLikeness(count) < kRegularLikeness)
    return false;
  const double uneven = Irregularity(count.attempts);
  if (mean.Size() < kRegularSize) return cycles > kFew && count.strength >= kSmallStrength && uneven <= kUnevenSmall;
  if (cycles < kFew) return uneven <= kUnevenTwo && Duration_s(count) <= kLongestTwo_s;
  const double allowed = cycles <= kFew ? kUnevenFew : cycles < kMany ? kUnevenSome : kUnevenMany;
  return uneven <= allowed + kUnevenPerStrength * count.strength;
}

// What had passed before, with all its pauses.
bool IsSteadyEnough(const FreeCount& count, const MovementTemplate& mean) {
  if (count.attempts.size() >= 3 && count.strength >= kSettledStrength) return true;
  if (count.attempts.size() >= 2 && count.strength >= kTwiceStrength) return true;
  return IsRegular(count, mean);
}

// A large movement that fills most of the time: who came and did nothing else came for it.
bool FillsTheStay(const FreeCount& count, const MovementTemplate& mean, double stay_s) {
  const bool is_few = count.attempts.size() < kFew;
  double moving_s = 0;
  for (const Attempt& attempt : count.attempts) moving_s += Duration_s(attempt);
  return moving_s >= kFilledShare * stay_s && mean.Size() >= (is_few ? kLargeSize : kFillingSize) &&
         count.strength >= kSteadyStrength && MedianLikeness(count) >= kRegularLikeness &&
         Duration_s(count) <= kLongestCycle_s * static_cast<double>(count.attempts.size()) &&
         Irregularity(count.attempts) <= (is_few ? kUnevenTwo : kUnevenStay);
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
  const float median = Median(series.values);
  for (float& v : series.values) v = std::abs(v - median);
  return series;
}

// Two movements in turn have half of their common period. None when there are none, or no more than `known`.
std::optional<FreeCount> CountInTurn(const FeatureHistory& history,
                                     std::span<const PrincipalComponent> components,
                                     const FreeCount& known) {
  const Series distance = DistanceFromRest(components);
  const Period period = EstimatePeriod(history, distance);
  if (period.strength < std::max(kTurnsStrength, kTurnsStrengthShare * known.strength)) return std::nullopt;
  const double share = period.seconds / known.period_s;
  if (share < kLeastTurn || share > kMostTurn) return std::nullopt;
  const Series smooth = Smoothed(history, distance, kSmoothShare * period.seconds);
  FreeCount count{Cycles(history, smooth, kHysteresis * SpreadOf(smooth.values)), period.strength, period.seconds,
                  known.leg_antisymmetry, true};
  DropSmall(count.attempts);
  if (count.attempts.size() <= known.attempts.size()) return std::nullopt;
  return count;
}

}  // namespace

const ExerciseDefinition& AnyExercise() {
  static const ExerciseDefinition kAny{
      .id = "unknown", .family = "unknown", .min_s = 0.3, .max_s = 20, .max_pause_s = 10};
  return kAny;
}

FreeCount CountFreely(const FeatureHistory& history, Span span, const MovementTemplate* like) {
  FreeCount best;
  if (span.last >= history.frames().size() || span.last < span.first + kFewestFrames) return best;
  float most = 0;
  std::vector<PrincipalComponent> components = PrincipalComponents(history, span, kComponents);
  const std::vector<PrincipalComponent> untouched(
      components.begin(), components.begin() + static_cast<std::ptrdiff_t>(std::min(components.size(), kTurnSpace)));
  for (PrincipalComponent& component : components) {
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
  if (like == nullptr && !best.attempts.empty()) return CountInTurn(history, untouched, best).value_or(best);
  return best;
}

bool IsExercise(const FeatureHistory& history, const FreeCount& count, Span span, Stretch stretch) {
  if (count.attempts.size() < 2) return false;
  MovementTemplate mean;
  for (const Attempt& attempt : count.attempts) mean.Add(attempt.movement);
  if (mean.Size() < kLeastSize || IsArmsOnTheGround(mean)) return false;
  if (!IsWellSeen(mean.Start(Feature::kSize), mean.Start(Feature::kConfidence))) return false;
  const double stay_s = ToSeconds(history.frames()[span.last].pts - history.frames()[span.first].pts);
  const bool fills = stretch == Stretch::kStay && FillsTheStay(count, mean, stay_s);
  if (!fills && Duration_s(count) < kShortestSet_s) return false;
  if (!fills && (stretch == Stretch::kSet ? !IsSteadyEnough(count, mean) : !IsSteady(count, mean))) return false;
  const Span moving{history.IndexAt(count.attempts.front().rep.start),
                    std::min(history.IndexAt(count.attempts.back().rep.end), history.frames().size() - 1)};
  const float lean = Mean(history, {Feature::kTorsoLean, SideUse::kMean}, moving);
  if (count.leg_antisymmetry > kGaitAntisymmetry && !(lean > kUpright)) return false;
  const bool may_pace = stretch != Stretch::kStay || !StaysInOnePlace(history, count.attempts);
  if (may_pace && IsWalkingAbout(history, moving)) return false;
  return !IsGesturing(count.attempts) && StaysOnTheSpot(history, count.attempts);
}

}  // namespace spotter::exercise
