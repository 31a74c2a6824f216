// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/everyday.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "spotter/base/median.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kFewestOneHanded = 3;      // repetitions of a set with one arm
constexpr double kSteady = 0.2;                  // unsteadiness of durations and of intervals that it may have,
constexpr std::size_t kManyOneHanded = 5;        // and that one of so many may
constexpr double kSteadyOfMany = 0.4;            // if the hands are in order,
constexpr std::size_t kHandsPerSlip = 6;         // one of so many apart
constexpr double kLongestRestShare = 0.6;        // of a repetition, between it and the next one,
constexpr double kLongestSteadyRestShare = 1.2;  // and where many keep time: from the front half of a curl looks still
constexpr double kLongestAlone_s = 8;            // of a single repetition
constexpr double kLongestDownAlone_s = 1.2;      // at the low end of a single one of the legs: who stays there sits;
constexpr float kBehindFeet = -0.2F;             // sooner with the trunk so far behind the feet (kBalance): a
                                                 // weight in front allows it in passing
constexpr double kLongestDownBehind_s = 0.6;
constexpr float kFarDown = 0.75F;      // of the way: who goes there and back at once is beyond it for a quarter
constexpr std::size_t kAround = 2;     // frames, either way, that are averaged
constexpr double kLongestApart = 1.2;  // of two repetitions' mean duration, between them

constexpr std::chrono::microseconds kStep{1'000'000};  // of a walk: long against the noise, short against a turn
constexpr std::chrono::microseconds kMoment{250'000};  // averaged at each end of it,
constexpr std::chrono::microseconds kStride{250'000};  // from one to the next
constexpr float kWalkingSpeed = 0.45F;                 // torso lengths a second, sideways
constexpr float kWalkingGrowth = 0.1F;                 // natural logarithm a second
constexpr float kFeetShare = 0.3F;                     // torso lengths that feet move for growing by a factor of e
constexpr double kWalkedShare = 0.3;                   // of the span
constexpr std::size_t kFewestStarts = 3;               // that say something about the place,
constexpr float kSamePlace = 0.3F;                     // torso lengths between the outermost of them,
constexpr float kSameSize = 0.1F;                      // natural logarithm of the torso's size at the starts
constexpr std::size_t kFewestStrides = 3;
constexpr float kPassed = 0.3F;     // torso lengths that one foot is ahead of the other, then behind it
constexpr float kLegSwing = 0.3F;   // radians of each shank: who stands on one leg swings the other alone
constexpr float kLevelHips = 0.3F;  // torso lengths that the hips rise and fall
constexpr float kLowKnee = -0.5F;   // torso lengths, the higher knee against its hip, on the mean
constexpr float kUpright = 30 / 180.0F * std::numbers::pi_v<float>;
constexpr float kBelowShoulder = 0.12F;  // torso lengths, of a hand at the mouth
constexpr float kAboveNose = 0.25F;
constexpr float kOtherHangs = 0.4F;  // the other hand is so much lower
constexpr float kSharplyBent = 60 / 180.0F * std::numbers::pi_v<float>;
constexpr std::chrono::microseconds kBurst{200'000};  // of wrong joints, the longest
constexpr float kNearTurn = 0.7F;                     // of the way out
constexpr double kMostUneven = 1;                     // more says no more

// Where somebody stands and how large he looks.
struct Stance {
  float hips_x, feet_x, feet_y;  // torso lengths
  float torso, legs;             // frame heights in the picture
  bool lies;                     // or is on all fours
};

Stance StanceAt(const FeatureHistory& history, Pts pts) {
  const Span moment = SpanBetween(history, pts, pts + kMoment);
  const auto mean = [&](Feature feature) { return Mean(history, {feature, SideUse::kMean}, moment); };
  const float scale = mean(Feature::kSize);
  return {mean(Feature::kHipsX),
          mean(Feature::kAnklesX),
          mean(Feature::kAnklesY),
          scale * mean(Feature::kTorsoLength),
          scale * mean(Feature::kHipHeight),
          LiesOrIsOnAllFours(mean(Feature::kTorsoTilt), mean(Feature::kHipHeight))};
}

class Range {
 public:
  void Add(float value) {
    low_ = std::min(low_, value);
    high_ = std::max(high_, value);
  }
  float size() const { return high_ - low_; }

 private:
  float low_ = std::numeric_limits<float>::infinity();
  float high_ = -std::numeric_limits<float>::infinity();
};

// Whether the exercise is done on the spot: its definition bounds how far the feet or hands may travel.
bool IsOnTheSpot(const ExerciseDefinition& exercise) {
  constexpr std::array kPlaces = {Feature::kAnkleSpread, Feature::kAnklesX, Feature::kAnklesY, Feature::kWristsY};
  return std::ranges::any_of(exercise.travel,
                             [&](const Gate& gate) { return std::ranges::count(kPlaces, gate.feature.feature) > 0; });
}

bool WentAside(const Stance& from, const Stance& to, float duration_s) {
  const float hips = std::abs(to.hips_x - from.hips_x);
  const float feet = std::abs(to.feet_x - from.feet_x);
  return (std::isnan(feet) ? hips : std::min(hips, feet)) > kWalkingSpeed * duration_s;
}

bool WentInDepth(const Stance& from, const Stance& to, float duration_s) {
  const float torso = std::log(to.torso / from.torso);
  const float legs = std::log(to.legs / from.legs);
  if (!(torso * legs > 0)) return false;
  const float growth = std::min(std::abs(torso), std::abs(legs));
  const float down = (from.feet_y - to.feet_y) * (torso > 0 ? 1.0F : -1.0F);
  return growth > kWalkingGrowth * duration_s && down > kFeetShare * growth;
}

// Whether one foot passes the other, there or back, in an upright body that neither sinks nor lifts its knees.
bool IsStride(const FeatureHistory& history, const Attempt& attempt) {
  const Span span = SpanBetween(history, attempt.rep.start, attempt.rep.end);
  float ahead = 0;
  float behind = 0;
  for (std::size_t i = span.first; i <= span.last; ++i) {
    const float stride = history.frames()[i].Get({Feature::kStride});
    ahead = std::fmax(ahead, stride);
    behind = std::fmin(behind, stride);
  }
  const auto swings = [&](SideUse side) { return Travel(history, {Feature::kShank, side}, span) > kLegSwing; };
  return ahead > kPassed && behind < -kPassed && swings(SideUse::kLeft) && swings(SideUse::kRight) &&
         Mean(history, {Feature::kTorsoTilt}, span) < kUpright &&
         Travel(history, {Feature::kHipsY}, span) < kLevelHips &&
         Mean(history, {Feature::kKneeHeight, SideUse::kMax}, span) < kLowKnee;
}

// Deviation from the median that two thirds of the values keep, as a share of the median. REQUIRES: values not empty
double Unsteadiness(std::vector<double> values) {
  const double usual = Median(values);
  for (double& value : values) value = std::abs(value - usual);
  std::sort(values.begin(), values.end());
  return values[values.size() * 2 / 3] / std::max(usual, 1e-3);
}

// The deviation of the intervals between the turns, as above. REQUIRES: at least two attempts
double UnsteadinessOfRhythm(std::span<const Attempt> attempts) {
  std::vector<double> intervals_s;
  for (std::size_t i = 1; i < attempts.size(); ++i)
    intervals_s.push_back(ToSeconds(attempts[i].rep.turn - attempts[i - 1].rep.turn));
  return Unsteadiness(std::move(intervals_s));
}

// Whether the trunk is so far behind the feet that a seat may carry it.
bool IsBehindFeet(const FeatureHistory& history, Pts pts) {
  const Span moment = SpanBetween(history, pts - kMoment, pts + kMoment);
  return IsSeen(history, Feature::kBalance, moment) && Mean(history, {Feature::kBalance}, moment) < kBehindFeet;
}

// Whether one hand does them, first the one and then the other, or both by turns; a slip in every six is none.
bool AreHandsInOrder(std::span<const Attempt> attempts) {
  std::vector<Side> hands;
  for (const Attempt& attempt : attempts) {
    if (attempt.one_handed && attempt.rep.side != Side::kBoth) hands.push_back(attempt.rep.side);
  }
  std::size_t changes = 0;
  for (std::size_t i = 1; i < hands.size(); ++i) changes += hands[i] != hands[i - 1] ? 1 : 0;
  const std::size_t slips = hands.size() / kHandsPerSlip;
  return changes <= 1 + slips || changes + slips + 1 >= hands.size();
}

}  // namespace

double Irregularity(std::span<const Attempt> attempts) {
  std::vector<double> durations_s;
  std::vector<double> ranges;
  for (const Attempt& attempt : attempts) {
    durations_s.push_back(Duration_s(attempt));
    ranges.push_back(attempt.range);
  }
  const double duration = std::min(Unsteadiness(std::move(durations_s)), kMostUneven);
  const double range = std::min(Unsteadiness(std::move(ranges)), kMostUneven);
  if (attempts.size() < 3) return (duration + range) / 2;
  return (std::min(UnsteadinessOfRhythm(attempts), kMostUneven) + duration + range) / 3;
}

bool IsGesturing(std::span<const Attempt> attempts) {
  const auto one_handed = static_cast<std::size_t>(std::ranges::count_if(attempts, &Attempt::one_handed));
  if (2 * one_handed <= attempts.size()) return false;
  if (attempts.size() < kFewestOneHanded) return true;
  std::vector<double> durations_s;
  std::vector<double> rests_s;
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    durations_s.push_back(Duration_s(attempts[i]));
    if (i > 0) rests_s.push_back(ToSeconds(attempts[i].rep.start - attempts[i - 1].rep.end));
  }
  const double rest_share = Median(std::move(rests_s)) / std::max(Median(durations_s), 1e-3);
  const double rhythm = UnsteadinessOfRhythm(attempts);
  const bool are_many = attempts.size() >= kManyOneHanded;
  const double longest_rest_share = are_many && rhythm <= kSteady ? kLongestSteadyRestShare : kLongestRestShare;
  const double unsteadiness = std::max(rhythm, Unsteadiness(std::move(durations_s)));
  const bool may_waver = are_many && AreHandsInOrder(attempts);
  return rest_share > longest_rest_share || unsteadiness > (may_waver ? kSteadyOfMany : kSteady);
}

bool IsAtFace(const FeatureHistory& history, Span span) {
  const auto mean = [&](Feature feature, SideUse side) { return Mean(history, {feature, side}, span); };
  const float nose = mean(Feature::kHeadHeight, SideUse::kMean);
  const float hand = mean(Feature::kWristHeight, SideUse::kMax);
  return hand > -kBelowShoulder && hand < nose + kAboveNose && mean(Feature::kElbow, SideUse::kMin) < kSharplyBent;
}

bool IsHandAtMouth(const FeatureHistory& history, Span span) {
  return IsAtFace(history, span) && Mean(history, {Feature::kWristHeight, SideUse::kDiff}, span) > kOtherHangs;
}

bool IsOneSlowMovement(std::span<const Attempt> attempts) {
  return attempts.size() == 1 && Duration_s(attempts[0]) > kLongestAlone_s;
}

double StaysDown_s(const FeatureHistory& history, const Attempt& attempt) {
  const std::size_t last = history.frames().size() - 1;
  const std::size_t end = std::min(history.IndexAt(attempt.rep.end), last);
  double down_s = 0;
  for (std::size_t i = history.IndexAt(attempt.rep.start) + 1; i <= end; ++i) {
    const Span around{i > kAround ? i - kAround : 0, std::min(i + kAround, last)};
    if (ExtentAt(history, around, attempt.movement) > kFarDown)
      down_s += ToSeconds(history.frames()[i].pts - history.frames()[i - 1].pts);
  }
  return std::max(down_s - (1 - kFarDown) * Duration_s(attempt), 0.0) / kFarDown;
}

bool IsSittingDown(const FeatureHistory& history,
                   const ExerciseDefinition& exercise,
                   std::span<const Attempt> attempts) {
  if (!exercise.is_of_legs() || attempts.size() != 1) return false;
  const double pause_s = ToSeconds(attempts[0].rep.pause_stretched);
  if (pause_s > kLongestDownAlone_s) return true;
  // Who bends down to a bar stays there, behind the feet, until it is in the hands.
  if (exercise.main_angle.feature != Feature::kKnee) return false;
  if (pause_s > kLongestDownBehind_s && IsBehindFeet(history, attempts[0].rep.turn)) return true;
  return StaysDown_s(history, attempts[0]) > kLongestDownAlone_s;
}

bool AreTwoApart(std::span<const Attempt> attempts) {
  if (attempts.size() != 2) return false;
  const Rep& first = attempts[0].rep;
  const Rep& second = attempts[1].rep;
  const auto mean = ((first.end - first.start) + (second.end - second.start)) / 2;
  return ToSeconds(second.start - first.end) > kLongestApart * ToSeconds(mean);
}

bool IsWalkingAbout(const FeatureHistory& history, Span span) {
  const Pts last = history.frames()[span.last].pts;
  int steps = 0;
  int walked = 0;
  for (Pts pts = history.frames()[span.first].pts; pts + kStep <= last; pts += kStride) {
    const Stance from = StanceAt(history, pts);
    const Stance to = StanceAt(history, pts + kStep - kMoment);
    const auto duration_s = static_cast<float>(ToSeconds(kStep - kMoment));
    ++steps;
    if (from.lies && to.lies) continue;
    if (WentAside(from, to, duration_s) || WentInDepth(from, to, duration_s)) ++walked;
  }
  return walked > kWalkedShare * steps;
}

bool AreStrides(const FeatureHistory& history, std::span<const Attempt> attempts) {
  if (attempts.size() < kFewestStrides) return false;
  return 2 * std::ranges::count_if(attempts, [&](const Attempt& a) { return IsStride(history, a); }) >=
         std::ssize(attempts);
}

bool StaysInOnePlace(const FeatureHistory& history, std::span<const Attempt> attempts) {
  if (attempts.size() < kFewestStarts) return false;
  Range starts;
  Range turns;
  Range sizes;
  for (const Attempt& attempt : attempts) {
    const Stance start = StanceAt(history, attempt.rep.start);
    starts.Add(start.hips_x);
    turns.Add(StanceAt(history, attempt.rep.turn).hips_x);
    sizes.Add(std::log(start.torso));
  }
  return starts.size() <= kSamePlace && turns.size() <= kSamePlace && sizes.size() <= kSameSize;
}

bool ComesBack(const FeatureHistory& history, const Attempt& attempt) {
  const Span after{history.IndexAt(attempt.rep.end + kBurst), history.IndexAt(attempt.rep.end + 2 * kBurst)};
  if (after.last >= history.frames().size()) return true;
  return ExtentAt(history, after, attempt.movement) < kNearTurn;
}

bool AreSteps(const FeatureHistory& history, const ExerciseDefinition& exercise, std::span<const Attempt> attempts) {
  if (attempts.empty() || !IsOnTheSpot(exercise)) return false;
  const Span moving = SpanBetween(history, attempts.front().rep.start, attempts.back().rep.end);
  return IsWalkingAbout(history, moving) && !StaysInOnePlace(history, attempts);
}

}  // namespace spotter::exercise
