// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/unlike_ends.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numbers>
#include <span>
#include <utility>

#include "spotter/base/median.h"
#include "spotter/exercise/everyday.h"
#include "spotter/exercise/wiping_detector.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kMostUnlike = 2;  // at either end that are dropped for looking unlike the others
constexpr std::size_t kFewest = 3;      // attempts, the one that is asked about and two that agree

// Angles between movements, radians: 0 = the same joints go the same way. Repetitions of one set differ by 0.1 to 0.3.
constexpr double kOther = 25 / 180.0 * std::numbers::pi;       // least, of something else than the set,
constexpr double kTimesOther = 2.5;                            // as a multiple of what its repetitions usually have
constexpr double kQuiteOther = 50 / 180.0 * std::numbers::pi;  // of something else in any set,
constexpr double kNoTurn = 32 / 180.0 * std::numbers::pi;      // and from each of its repetitions
constexpr double kOtherWay = 90 / 180.0 * std::numbers::pi;    // of one that goes the other way round
constexpr std::size_t kFewestInAnySet = 4;
constexpr float kStillBody = 0.2F;  // radians and torso lengths
constexpr float kUpright = 45 / 180.0F * std::numbers::pi_v<float>;
constexpr double kJerkShare = 0.4;  // of the others' duration
constexpr std::chrono::microseconds kMoment{200'000};
constexpr std::chrono::microseconds kFirstStrokes{800'000};  // of a wipe, before which nothing tells it
constexpr double kWiped = 0.25;                              // share of the time, at least, of strokes,
constexpr double kNotWiped = 0.1;                            // and at most of repetitions
constexpr double kStroke = 10 / 180.0 * std::numbers::pi;    // from the most alike repetition, at least
constexpr float kFullRange = 0.8F;                           // of the usual one: no stroke goes so far
constexpr double kOtherPace = 1.5;                           // times as long as usual, or as short
constexpr float kBentShoulders = 0.1F;  // torso lengths that the shoulders sink when somebody bends over something,
constexpr float kBentHead = 0.08F;      // and the nose against them
constexpr double kLongAtFace_s = 1.2;   // of a hand: longer is a drink,
constexpr double kTimesLonger = 2;      // unless others of the set stay half as long at their far end

double Angle(float likeness) { return std::acos(std::clamp(static_cast<double>(likeness), -1.0, 1.0)); }

// Between the attempt and the others' mean movement.
double AngleToAll(const Attempt& attempt, std::span<const Attempt> others) {
  return Angle(MeanMovement(others).Likeness(attempt.movement));
}

// Between the attempt and the one that is most like it.
double AngleToNearest(const Attempt& attempt, std::span<const Attempt> others) {
  double least = std::numbers::pi;
  for (const Attempt& other : others)
    least = std::min(least, Angle(MeanMovement({&other, 1}).Likeness(attempt.movement)));
  return least;
}

// The usual angle between one of them and the mean of the others.
double Scatter(std::span<const Attempt> attempts) {
  std::vector<double> angles;
  for (const Attempt& attempt : attempts) {
    MovementTemplate others;
    for (const Attempt& other : attempts) {
      if (&other != &attempt) others.Add(other.movement);
    }
    angles.push_back(Angle(others.Likeness(attempt.movement)));
  }
  return Median(std::move(angles));
}

// Whether the attempt ends at the mouth with one hand and the others elsewhere. Curls of one arm all look like a drink.
bool IsDrink(const FeatureHistory& history, const Attempt& attempt, std::span<const Attempt> others) {
  const auto ends_at_mouth = [&](const Attempt& a) {
    return IsHandAtMouth(history, SpanBetween(history, a.rep.turn - kMoment, a.rep.turn + kMoment));
  };
  return ends_at_mouth(attempt) && 2 * std::ranges::count_if(others, ends_at_mouth) < std::ssize(others);
}

// By how much the feature is lower in the attempt than usually in the others, on the mean; 0 where nobody knows.
float SinksBy(const FeatureHistory& history, Feature feature, const Attempt& attempt, std::span<const Attempt> others) {
  const auto mean = [&](const Attempt& a) {
    return Mean(history, {feature}, SpanBetween(history, a.rep.start, a.rep.end));
  };
  std::vector<float> usual = ValuesOf(others, mean);
  std::erase_if(usual, [](float value) { return std::isnan(value); });
  const float own = mean(attempt);
  return usual.empty() || std::isnan(own) ? 0 : Median(std::move(usual)) - own;
}

// Whether the shoulders are lower than usual, and the nose nearer to them: somebody bends over what is to be wiped or
// picked up, and moves the arms a little otherwise than upright. Who moves the arms alone has the shoulders in one
// place all the set.
bool IsBentOver(const FeatureHistory& history, const Attempt& attempt, std::span<const Attempt> others) {
  const auto is_bent = [&](const Attempt& a) {
    return SinksBy(history, Feature::kShouldersY, a, others) > kBentShoulders &&
           SinksBy(history, Feature::kHeadHeight, a, others) > kBentHead;
  };
  if (!is_bent(attempt)) return false;
  std::vector<Attempt> upright;
  std::ranges::remove_copy_if(others, std::back_inserter(upright), is_bent);
  return AngleToNearest(attempt, upright) > std::max(kStroke, Scatter(upright));
}

// Share of the time around the attempt in which a hand wiped.
double WipedShare(const FeatureHistory& history, const Attempt& attempt) {
  const Span span = SpanBetween(history, attempt.rep.start + kFirstStrokes, attempt.rep.end + kWipeToldAfter);
  std::size_t wiped = 0;
  for (std::size_t i = span.first; i <= span.last; ++i) wiped += history.frames()[i].wiping ? 1 : 0;
  return static_cast<double>(wiped) / static_cast<double>(span.last - span.first + 1);
}

// Whether the attempt goes as far as the others, in the same time.
bool IsOfTheirSizeAndPace(const Attempt& attempt, std::span<const Attempt> others) {
  const double times_longer = Duration_s(attempt) / MedianOf(others, Duration_s);
  return attempt.range >= kFullRange * MedianOf(others, &Attempt::range) && times_longer < kOtherPace &&
         times_longer > 1 / kOtherPace;
}

// Whether the attempt is strokes of a hand that wipes, and most of the others are none: hands that go to and fro in
// every repetition belong to the exercise. An elbow that the network loses goes to and fro, too, in one that is as
// large and as quick as the others.
bool IsWipe(const FeatureHistory& history, const Attempt& attempt, std::span<const Attempt> others) {
  if (WipedShare(history, attempt) < kWiped) return false;
  std::vector<Attempt> reps;
  std::ranges::copy_if(others, std::back_inserter(reps),
                       [&](const Attempt& other) { return WipedShare(history, other) <= kNotWiped; });
  return 2 * reps.size() > others.size() && !IsOfTheirSizeAndPace(attempt, reps) &&
         AngleToNearest(attempt, reps) > std::max(kStroke, Scatter(reps));
}

bool IsJerk(const Attempt& attempt, std::span<const Attempt> others) {
  std::vector<double> durations_s;
  for (const Attempt& other : others) durations_s.push_back(Duration_s(other));
  return Duration_s(attempt) < kJerkShare * Median(std::move(durations_s));
}

bool GoesAnotherWay(const Attempt& attempt, std::span<const Attempt> others) {
  return others.size() + 1 >= kFewestInAnySet && AngleToAll(attempt, others) > kQuiteOther &&
         AngleToNearest(attempt, others) > kNoTurn;
}

// Whether somebody upright moves the arms, and the body stays where it is.
bool MovesArmsAlone(std::span<const Attempt> attempts) {
  constexpr std::array kBody = {Feature::kShouldersY, Feature::kHipsY, Feature::kHip, Feature::kKnee,
                                Feature::kAnkleSpread};
  const MovementTemplate mean = MeanMovement(attempts);
  return mean.Start(Feature::kTorsoTilt) < kUpright &&
         std::ranges::all_of(kBody, [&](Feature feature) { return std::abs(mean.Change(feature)) < kStillBody; });
}

// Whether the first begins with a hand that stays at the face much longer than any other stays at its far end: a drink.
// The other arm may be hidden, and then it is guessed where the seen one is. The last one of a set may be held.
bool BeginsWithDrink(const FeatureHistory& history, std::span<const Attempt> attempts) {
  const Rep& first = attempts.front().rep;
  const double stay_s = StaysDown_s(history, attempts.front());
  return stay_s > kLongAtFace_s && MovesArmsAlone(attempts.subspan(1)) &&
         IsAtFace(history, SpanBetween(history, first.turn - kMoment, first.turn + kMoment)) &&
         std::ranges::all_of(attempts.subspan(1),
                             [&](const Attempt& other) { return kTimesLonger * StaysDown_s(history, other) < stay_s; });
}

// What is no repetition of the arms alone, not even a partial one.
bool IsNoneOfArms(const FeatureHistory& history, const Attempt& attempt, std::span<const Attempt> others) {
  return IsWipe(history, attempt, others) || IsBentOver(history, attempt, others) ||
         AngleToAll(attempt, others) > kOtherWay;
}

// What looks like a repetition of the arms and is none.
bool IsGesture(const FeatureHistory& history, const Attempt& attempt, std::span<const Attempt> others) {
  return IsJerk(attempt, others) || IsDrink(history, attempt, others) ||
         AngleToNearest(attempt, others) > std::max(kOther, kTimesOther * Scatter(others));
}

}  // namespace

void DropUnlikeEnds(const FeatureHistory& history, const ExerciseDefinition* exercise, std::vector<Attempt>& attempts) {
  const bool is_of_arms = exercise != nullptr && exercise->is_of_arms();
  // What is surely none goes as often as it is there.
  for (std::size_t i = 0; attempts.size() >= kFewest; ++i) {
    const auto is_none = [&](const Attempt& attempt, std::span<const Attempt> others) {
      const bool arms_alone = is_of_arms && MovesArmsAlone(others);
      if (arms_alone && IsNoneOfArms(history, attempt, others)) return true;
      if (i >= kMostUnlike || attempt.rep.partial) return false;
      return GoesAnotherWay(attempt, others) || (arms_alone && IsGesture(history, attempt, others));
    };
    const std::span<const Attempt> all = attempts;
    const bool is_first_none = is_none(all.front(), all.subspan(1));
    const bool is_last_none = is_none(all.back(), all.first(all.size() - 1));
    if (!is_first_none && !is_last_none) break;
    if (is_last_none) attempts.pop_back();
    if (is_first_none) attempts.erase(attempts.begin());
  }
  if (is_of_arms && attempts.size() >= kFewest && BeginsWithDrink(history, attempts)) attempts.erase(attempts.begin());
}

}  // namespace spotter::exercise
