// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/free_count.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "spotter/base/median.h"
#include "spotter/base/quantile.h"
#include "spotter/exercise/everyday.h"
#include "spotter/exercise/principal.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kComponents = 4;
constexpr std::size_t kRestSpace = 3;  // of them, in which the distance from rest is taken
constexpr std::size_t kFewestFrames = 12;
constexpr float kHysteresis = 0.35F;  // of the signal's spread: from the lowest
constexpr double kLowest = 0.05;      // to the highest twentieth
constexpr double kSmoothShare = 0.1;  // of the period, either way
constexpr float kLeastLikeness = 0.65F;
constexpr float kLeastStrength = 0.05F;  // of a period: no rhythm at all
constexpr float kSmallestShare = 0.5F;   // of the typical range
constexpr double kShortestShare = 0.5;   // of the typical duration: a jerk on the way is no repetition
constexpr std::chrono::microseconds kEndPosture{100'000};  // before and after the end of a repetition
constexpr float kEndShare = 1.0F;                          // of the way out that may be left there
constexpr float kKnownExtent = 0.4F;                       // of the movement that is known already
constexpr float kKnownLikeness = 0.8F;                     // to the movement that is known already
constexpr float kFarthestStart = 0.35F;                    // from its start posture

// Of an exercise. Sizes are how much posture changes in a cycle, radians and torso lengths alike.
constexpr float kSurelySeen = 0.42F;         // of the joints: who knows less must see better
constexpr double kLeastOnSpot = 0.7;         // median over the cycles
constexpr double kLongestCycle_s = 9;        // with the pause after it
constexpr double kShortestMoment_s = 3;      // a few quick gestures are no set,
constexpr std::size_t kOneHandedCycles = 5;  // nor are fewer cycles than these with one hand
constexpr std::size_t kFew = 3;              // two cycles may be chance:
constexpr double kFewNeed = 2;               // times as much they need,
constexpr double kSlow_s = 4;                // and cycles longer than this, as gestures come one after another,
constexpr double kSlowNeed = 1.5;            // so many times as much
constexpr double kLeastVigour = 1.2;         // of what passes as an exercise at once;
constexpr double kLeastOfSet = 0.8;          // evidence of a set, a part of which had passed before,
constexpr double kLeastOfStay = 1.8;         // and of all that somebody did
constexpr float kLeastSize = 1;
constexpr float kStrictSize = 0.6F;  // of a movement that is strictly even:
constexpr std::size_t kStrictCycles = 4;
constexpr float kStrictStrength = 0.6F;  // of its period,
constexpr double kStrictUneven = 0.3;    // Irregularity,
constexpr float kStrictLikeness = 0.8F;  // median, to the mean cycle
constexpr float kStillBody = 0.2F;

// Whether the body has not gone on beyond the far posture at the end: on the way from one posture to another it may
// pass a third one, which looks like a repetition in a signal that cannot tell the two ends apart.
bool EndsShortOfTurn(const FeatureHistory& history, const Attempt& attempt) {
  const Span end = SpanBetween(history, attempt.rep.end - kEndPosture, attempt.rep.end + kEndPosture);
  return ExtentAt(history, end, attempt.movement) < kEndShare;
}

std::vector<Attempt> Cycles(const FeatureHistory& history, const Series& series, float threshold) {
  std::vector<Attempt> attempts = FindAttempts(history, AnyExercise(), series, CycleDetector(threshold));
  std::erase_if(attempts, [&](const Attempt& attempt) { return !EndsShortOfTurn(history, attempt); });
  return attempts;
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
  const MovementTemplate all = MeanMovement(attempts);
  DropSmall(attempts);
  std::erase_if(attempts, [&](const Attempt& a) { return all.Likeness(a.movement) < kLeastLikeness; });
}

Series Negated(Series series) {
  for (float& v : series.values) v = -v;
  return series;
}

// Cycles of one component in the better of its two senses.
std::vector<Attempt> BestSense(const FeatureHistory& history, const Series& series, const MovementTemplate* like) {
  const float threshold = kHysteresis * (Quantile(series.values, 1 - kLowest) - Quantile(series.values, kLowest));
  if (threshold <= 0) return {};
  std::vector<Attempt> attempts = Cycles(history, series, threshold);
  std::vector<Attempt> opposite = Cycles(history, Negated(series), threshold);
  DropUnlike(attempts, like);
  DropUnlike(opposite, like);
  if (opposite.size() > attempts.size()) attempts.swap(opposite);
  return attempts;
}

// One signal's cycles.
FreeCount CountAlong(const FeatureHistory& history, const Series& signal, const MovementTemplate* like) {
  const Period period = EstimatePeriod(history, signal);
  if (period.seconds <= 0) return {};
  const Series smooth = Smoothed(history, signal, kSmoothShare * period.seconds);
  return {.attempts = BestSense(history, smooth, like), .strength = period.strength, .period_s = period.seconds};
}

// In a plank only a moving trunk or moving legs make a repetition; tapping the shoulders belongs to the hold.
bool IsArmsOnTheGround(const MovementTemplate& movement) {
  constexpr std::array kBody = {Feature::kShouldersY, Feature::kHipsY, Feature::kHip, Feature::kKnee};
  return LiesOrIsOnAllFours(movement.Start(Feature::kTorsoTilt), movement.Start(Feature::kHipHeight)) &&
         std::all_of(kBody.begin(), kBody.end(),
                     [&](Feature feature) { return std::abs(movement.Change(feature)) < kStillBody; });
}

// From the first start to the last end, seconds.
double Duration_s(const FreeCount& count) {
  return ToSeconds(count.attempts.back().rep.end - count.attempts.front().rep.start);
}

// Evidence times the speed of the posture: gestures are as large as many an exercise, but slower and less even.
double Vigour(const FreeCount& count, const MovementTemplate& mean) {
  return count.evidence * mean.Size() * static_cast<double>(count.attempts.size()) / Duration_s(count);
}

// Small or slow, but as even as only who counts along is.
bool IsStrict(const FreeCount& count, const MovementTemplate& mean) {
  return mean.Size() >= kStrictSize && count.attempts.size() >= kStrictCycles && count.strength >= kStrictStrength &&
         Irregularity(count.attempts) <= kStrictUneven &&
         MedianOf(count.attempts, [&](const Attempt& a) { return mean.Likeness(a.movement); }) >= kStrictLikeness;
}

bool IsOneHanded(const FreeCount& count) {
  return 2 * std::ranges::count_if(count.attempts, &Attempt::one_handed) > std::ssize(count.attempts);
}

// Who may do anything must do it for a while, with both hands or often, and with vigour.
bool PassesAtOnce(const FreeCount& count, const MovementTemplate& mean) {
  if (Duration_s(count) < kShortestMoment_s) return false;
  if (IsOneHanded(count) && count.attempts.size() < kOneHandedCycles) return false;
  if (IsStrict(count, mean)) return true;
  const bool is_few = count.attempts.size() < kFew;
  const bool is_slow = Duration_s(count) > kSlow_s * static_cast<double>(count.attempts.size());
  const double needed = kLeastVigour * (is_few ? kFewNeed : is_slow ? kSlowNeed : 1);
  return mean.Size() >= kLeastSize && Vigour(count, mean) >= needed;
}

bool HasRhythm(const FreeCount& count, const MovementTemplate& mean, Stretch stretch) {
  if (stretch == Stretch::kMoment) return PassesAtOnce(count, mean);
  if (IsStrict(count, mean)) return true;
  if (mean.Size() < kLeastSize) return false;
  if (stretch == Stretch::kSet) return count.evidence >= kLeastOfSet;
  return count.attempts.size() >= kFew && count.evidence >= kLeastOfStay;
}

bool StaysOnTheSpot(const FeatureHistory& history, const std::vector<Attempt>& attempts) {
  const double score = MedianOf(attempts, [&](const Attempt& a) {
    return OnTheSpotScore(history, SpanBetween(history, a.rep.start, a.rep.end));
  });
  return score >= kLeastOnSpot;
}

}  // namespace

const ExerciseDefinition& AnyExercise() {
  static const ExerciseDefinition kAny{
      .id = "unknown", .family = "unknown", .min_s = 0.3, .max_s = 20, .max_pause_s = 10};
  return kAny;
}

double RhythmicWay(const FeatureHistory& history, Span span, std::span<const Attempt> attempts) {
  if (attempts.size() < 2) return 0;
  double moving_s = 0;
  for (const Attempt& attempt : attempts) moving_s += Duration_s(attempt);
  const double span_s = ToSeconds(history.frames()[span.last].pts - history.frames()[span.first].pts);
  const double filled = span_s > 0 ? std::min(moving_s / span_s, 1.0) : 0.0;
  return static_cast<double>(attempts.size()) * MeanMovement(attempts).Size() * (1 - Irregularity(attempts)) * filled;
}

FreeCount CountFreely(const FeatureHistory& history, Span span, const MovementTemplate* like) {
  FreeCount best;
  if (span.last >= history.frames().size() || span.last < span.first + kFewestFrames) return best;
  std::vector<Series> signals = PrincipalComponents(history, span, kComponents);
  if (signals.empty()) return best;
  signals.push_back(DistanceFromRest({signals.data(), std::min(signals.size(), kRestSpace)}));
  for (const Series& signal : signals) {
    FreeCount count = CountAlong(history, signal, like);
    if (count.attempts.size() < 2) continue;
    count.evidence = std::max(count.strength, kLeastStrength) * RhythmicWay(history, span, count.attempts);
    if (count.evidence > best.evidence || best.attempts.empty()) best = std::move(count);
  }
  return best;
}

bool MovesEnough(const FeatureHistory& history, Span span) {
  FeatureValues low;
  FeatureValues high;
  low.fill(std::numeric_limits<float>::infinity());
  high.fill(-std::numeric_limits<float>::infinity());
  for (const FeatureFrame& frame : history.frames().subspan(span.first, span.last - span.first + 1)) {
    for (std::size_t k = 0; k < kMovementCount; ++k) {
      const float value = frame.mean[k];  // comparing a missing one is false
      low[k] = value < low[k] ? value : low[k];
      high[k] = value > high[k] ? value : high[k];
    }
  }
  float squares = 0;
  for (std::size_t k = 0; k < kMovementCount; ++k) {
    if (high[k] > low[k]) squares += (high[k] - low[k]) * (high[k] - low[k]);
  }
  return std::sqrt(squares) >= std::min(kStrictSize, kLeastSize);
}

bool LacksPartialOnes(const FreeCount& count, std::span<const Attempt> known) {
  const auto whole = std::ranges::count_if(known, [](const Attempt& attempt) { return !attempt.rep.partial; });
  if (whole != std::ssize(count.attempts)) return false;
  return std::ranges::all_of(count.attempts, [&](const Attempt& free) {
    const auto meets = [&](const Attempt& other) {
      return other.rep.start < free.rep.end && free.rep.start < other.rep.end;
    };
    const auto met = std::ranges::find_if(known, meets);
    return met != known.end() && !met->rep.partial && std::none_of(std::next(met), known.end(), meets);
  });
}

bool IsExercise(const FeatureHistory& history, const FreeCount& count, Stretch stretch) {
  if (count.attempts.size() < 2) return false;
  if (Duration_s(count) > kLongestCycle_s * static_cast<double>(count.attempts.size())) return false;
  const MovementTemplate mean = MeanMovement(count.attempts);
  const float confidence = mean.Start(Feature::kConfidence);
  if (confidence < kSurelySeen || !IsWellSeen(mean.Start(Feature::kSize), confidence)) return false;
  if (IsArmsOnTheGround(mean) || !HasRhythm(count, mean, stretch)) return false;
  const Span moving = SpanBetween(history, count.attempts.front().rep.start, count.attempts.back().rep.end);
  const bool may_pace = stretch != Stretch::kStay || !StaysInOnePlace(history, count.attempts);
  if (may_pace && IsWalkingAbout(history, moving)) return false;
  if (AreStrides(history, count.attempts)) return false;
  // Sideways moves of who lies are the camera's.
  const bool lies = LiesOrIsOnAllFours(mean.Start(Feature::kTorsoTilt), mean.Start(Feature::kHipHeight));
  return !IsGesturing(count.attempts) && (lies || StaysOnTheSpot(history, count.attempts));
}

}  // namespace spotter::exercise
