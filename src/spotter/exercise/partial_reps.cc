// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/partial_reps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "spotter/base/median.h"
#include "spotter/base/quantile.h"
#include "spotter/exercise/candidate.h"
#include "spotter/exercise/cycle_detector.h"
#include "spotter/exercise/movement.h"
#include "spotter/exercise/phase_times.h"
#include "spotter/exercise/series.h"
#include "spotter/exercise/signal_count.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kFewestGood = 2;    // repetitions that show the way
constexpr float kWholeShare = 0.6F;       // of the usual range
constexpr double kWholeDuration = 0.6;    // of the usual one
constexpr std::size_t kPostures = 11;     // of the way, evenly spaced in time
constexpr float kThresholdShare = 0.15F;  // of a signal's range; half an angle is a quarter of the height it gives
constexpr double kLeastWay = 0.2;         // of the way, in time with the pause at its end: less is a fidget
constexpr float kLeastLoadShare = 0.25F;  // of the way of the load
constexpr float kWholeLoadShare = 0.7F;   // with which nobody asks how the body got there
constexpr float kMostAside = 0.6F;        // distance from the way, as a share of the distance from its start
constexpr double kShortest = 0.4;         // of the set's usual duration
constexpr double kLongest = 1.7;
constexpr int kOverlap = 4;               // a part of it that two repetitions may share
constexpr float kStillDistance = 0.2F;    // radians and torso lengths alike: of who rests,
constexpr float kHardlySeen = 0.2F;       // and of a body that a view hardly shows moving
constexpr float kFarthestStart = 0.3F;    // radians and torso lengths alike
constexpr std::size_t kFewElsewhere = 5;  // one in so many frames of a rest may show another posture

using Posture = std::array<float, kMovementCount>;

Posture PostureIn(const FeatureFrame& frame) {
  Posture posture;
  for (std::size_t i = 0; i < kMovementCount; ++i) posture[i] = frame.Get({static_cast<Feature>(i), SideUse::kMean});
  return posture;
}

Posture StartOf(const Movement& movement) {
  Posture posture;
  std::copy_n(movement.start.begin(), kMovementCount, posture.begin());
  return posture;
}

Posture TurnOf(const Movement& movement) {
  Posture posture;
  for (std::size_t i = 0; i < kMovementCount; ++i) posture[i] = movement.start[i] + movement.change[i];
  return posture;
}

// Root mean square difference of what both know (radians and torso lengths alike), places in the picture left out.
float Distance(const Posture& a, const Posture& b) {
  float sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < kMovementCount; ++i) {
    const float difference = a[i] - b[i];
    if (IsPlace(static_cast<Feature>(i)) || std::isnan(difference)) continue;
    sum += difference * difference;
    ++count;
  }
  return count > 0 ? std::sqrt(sum / static_cast<float>(count)) : std::numeric_limits<float>::infinity();
}

// The postures from the start to the far end, mean of several repetitions.
class Way {
 public:
  Way(const FeatureHistory& history, const std::vector<Attempt>& good) {
    for (std::size_t step = 0; step < kPostures; ++step) postures_[step] = MeanAt(history, good, step);
  }

  // How much of the way leads to the posture, [0, 1]; none when it lies beside the way.
  std::optional<double> ShareOf(const Posture& posture) const {
    const auto nearest =
        std::ranges::min_element(postures_, {}, [&](const Posture& on_way) { return Distance(on_way, posture); });
    if (!(Distance(*nearest, posture) <= kMostAside * FromStart(posture))) return std::nullopt;
    return static_cast<double>(nearest - postures_.begin()) / (kPostures - 1);
  }

  // Distance from the start posture.
  float FromStart(const Posture& posture) const { return Distance(postures_.front(), posture); }

 private:
  static Posture MeanAt(const FeatureHistory& history, const std::vector<Attempt>& good, std::size_t step) {
    Posture sum{};
    std::array<int, kMovementCount> known{};
    for (const Attempt& attempt : good) {
      const auto out =
          (attempt.rep.turn - attempt.rep.start) * static_cast<int>(step) / static_cast<int>(kPostures - 1);
      const Posture posture = PostureIn(FrameAt(history, attempt.rep.start + out));
      for (std::size_t i = 0; i < kMovementCount; ++i) {
        if (std::isnan(posture[i])) continue;
        sum[i] += posture[i];
        ++known[i];
      }
    }
    for (std::size_t i = 0; i < kMovementCount; ++i)
      sum[i] = known[i] > 0 ? sum[i] / static_cast<float>(known[i]) : kMissing;
    return sum;
  }

  std::array<Posture, kPostures> postures_;
};

// The feature as a signal that shows the good repetitions: which way it turns in them, and how far it goes.
std::optional<Signal> SignalOf(const FeatureHistory& history, FeatureRef feature, const std::vector<Attempt>& good) {
  const auto value = [&](Pts pts) { return FrameAt(history, pts).Get(feature); };
  float sum = 0;
  for (const Attempt& attempt : good) sum += value(attempt.rep.turn) - value(attempt.rep.start);
  if (std::isnan(sum) || sum == 0) return std::nullopt;
  return Signal{
      .feature = feature, .turn_is_high = sum > 0, .full_rom = std::abs(sum) / static_cast<float>(good.size())};
}

std::vector<Signal> SignalsOf(const FeatureHistory& history,
                              const ExerciseDefinition& exercise,
                              const std::vector<Attempt>& good) {
  std::vector<FeatureRef> features;
  features.reserve(exercise.signals.size() + 1);
  for (const Signal& signal : exercise.signals) features.push_back(signal.feature);
  if (exercise.load_path) features.push_back(*exercise.load_path);
  std::vector<Signal> signals;
  for (const FeatureRef& feature : features) {
    if (const std::optional<Signal> signal = SignalOf(history, feature, good)) signals.push_back(*signal);
  }
  return signals;
}

// Small cycles of one signal.
std::vector<Attempt> SmallCycles(const FeatureHistory& history,
                                 const ExerciseDefinition& exercise,
                                 const Signal& signal,
                                 Span span) {
  return FindAttempts(history, exercise, MakeSeries(history, signal, span),
                      CycleDetector(kThresholdShare * signal.full_rom));
}

// Whether somebody stays in the start posture for half a repetition after it: racking and wiping go on moving. In a
// fifth of the frames hidden arms may be guessed elsewhere.
bool IsFollowedByRest(const FeatureHistory& history, const Way& way, const Rep& rep, std::chrono::microseconds usual) {
  std::size_t frames = 0;
  std::size_t elsewhere = 0;
  for (std::size_t i = history.IndexAt(rep.end); i < history.frames().size(); ++i) {
    if (history.frames()[i].pts > rep.end + usual / 2) break;
    ++frames;
    if (way.FromStart(PostureIn(history.frames()[i])) > kStillDistance) ++elsewhere;
  }
  return elsewhere * kFewElsewhere <= frames;
}

// How long a set's repetitions usually take to the far end and back.
struct UsualTimes {
  std::chrono::microseconds out;
  std::chrono::microseconds back;
  std::chrono::microseconds whole;
};

// The lower median: who is not quite in the start posture yet, or again, makes a repetition longer and never shorter.
UsualTimes TimesOf(const std::vector<Attempt>& attempts) {
  const auto usual = [&](auto time_of) { return Quantile(ValuesOf(attempts, time_of), 0.5); };
  return {usual([](const Attempt& a) { return a.rep.turn - a.rep.start; }),
          usual([](const Attempt& a) { return a.rep.end - a.rep.turn; }),
          usual([](const Attempt& a) { return a.rep.end - a.rep.start; })};
}

// The whole repetitions, of usual range and not much quicker: they show the way.
std::vector<Attempt> WholeOnes(const std::vector<Attempt>& attempts) {
  std::vector<Attempt> whole;
  std::ranges::copy_if(attempts, std::back_inserter(whole), [](const Attempt& a) { return a.fit >= kGoodFit; });
  if (whole.empty()) return whole;
  const float usual = MedianOf(whole, &Attempt::range);
  const double least_s = kWholeDuration * ToSeconds(TimesOf(whole).whole);
  std::erase_if(whole, [&](const Attempt& a) { return a.range < kWholeShare * usual || Duration_s(a) < least_s; });
  return whole;
}

// What a set's good repetitions have in common.
struct GoodReps {
  const FeatureHistory& history;
  UsualTimes usual;
  Pts first, last;  // turns
  Way way;
  MovementTemplate pattern;
};

GoodReps Describe(const FeatureHistory& history, const std::vector<Attempt>& good) {
  const auto [first, last] = std::ranges::minmax(good, {}, [](const Attempt& a) { return a.rep.turn; });
  return {history, TimesOf(good), first.rep.turn, last.rep.turn, Way(history, good), TemplateOf(good)};
}

// When a known one is over at the latest: what it takes much longer than usual is rest, or a half repetition.
Pts LatestEnd(const GoodReps& good, const Rep& known) {
  return std::min(known.end, known.turn + good.usual.back + good.usual.whole / kOverlap);
}

// Whether it lies beside all the known ones.
bool IsApart(const GoodReps& good, const Rep& rep, const std::vector<Attempt>& known) {
  const std::chrono::microseconds overlap = good.usual.whole / kOverlap;
  return std::ranges::all_of(known, [&](const Attempt& other) {
    return rep.start >= LatestEnd(good, other.rep) - overlap || rep.end <= other.rep.start + overlap;
  });
}

// Adds a half repetition; a known one before it whose end was told too late ends by its start.
void Add(const Attempt& partial, bool eccentric_first, std::vector<Attempt>& attempts) {
  for (Attempt& known : attempts) {
    const bool is_before = known.rep.turn < partial.rep.start;
    if (is_before && known.rep.end > partial.rep.start) EndBy(partial.rep.start, eccentric_first, known.rep);
  }
  attempts.push_back(partial);
  attempts.back().rep.partial = true;
}

// Between two good repetitions, or right after the last one if rest follows. What comes before the first is setting up.
bool IsInPlace(const GoodReps& good, const Rep& rep) {
  if (rep.turn < good.first) return false;
  return rep.turn < good.last || IsFollowedByRest(good.history, good.way, rep, good.usual.whole);
}

// How long the good repetitions take as the signal whose cycles these are sees them, or on the whole where that is
// longer: a forearm that points at the camera shows only the middle of a curl, the height of the hand all of it.
double UsualDuration_s(const GoodReps& good, const std::vector<Attempt>& whole, const std::vector<Attempt>& cycles) {
  std::vector<Attempt> seen;
  std::ranges::copy_if(cycles, std::back_inserter(seen), [&](const Attempt& cycle) {
    return std::ranges::any_of(
        whole, [&](const Attempt& a) { return cycle.rep.turn > a.rep.start && cycle.rep.turn < a.rep.end; });
  });
  const double usual_s = ToSeconds(good.usual.whole);
  return seen.empty() ? usual_s : std::max(usual_s, MedianOf(seen, Duration_s));
}

// Whether it ends in the posture that the good ones begin in.
bool EndsAtStart(const GoodReps& good, const Rep& rep) {
  return good.way.FromStart(PostureIn(FrameAt(good.history, rep.end))) <= kStillDistance;
}

// Whether it begins as the good ones do and takes about as long.
bool MayBeOfSet(const GoodReps& good, const Attempt& candidate, double usual_s) {
  const double duration = Duration_s(candidate) / usual_s;
  if (duration < kShortest || duration > kLongest) return false;
  return good.pattern.StartDistance(candidate.movement) <= kFarthestStart;
}

// Whether the load goes most of its way and comes back to where it began, in the set or right after it: then it counts
// however the body got there, a trunk that swings up with the row too.
bool IsCheated(const GoodReps& good, const Attempt& candidate, float load_share) {
  if (load_share < kWholeLoadShare) return false;
  if (candidate.rep.turn < good.first || candidate.rep.start > good.last + good.usual.back + good.usual.whole)
    return false;
  return EndsAtStart(good, candidate.rep);
}

// Whether it goes a part of the way, or the load does and nothing else moves: a forearm that points at the camera shows
// no angle.
bool IsPartial(const GoodReps& good, const Attempt& candidate, float load_share) {
  const Posture turn = TurnOf(candidate.movement);
  // A signal that hardly shows the movement wavers while a whole one comes back.
  const bool goes_out = good.way.FromStart(turn) > good.way.FromStart(StartOf(candidate.movement));
  if (goes_out && good.way.ShareOf(turn).value_or(0) >= kLeastWay) return true;
  return load_share >= kLeastLoadShare && good.way.FromStart(turn) <= kHardlySeen;
}

}  // namespace

void AddPartialReps(const FeatureHistory& history,
                    const ExerciseDefinition& exercise,
                    Span span,
                    std::vector<Attempt>& attempts) {
  const std::vector<Attempt> good = WholeOnes(attempts);
  if (good.size() < kFewestGood) return;
  const GoodReps known = Describe(history, good);
  for (const Signal& signal : SignalsOf(history, exercise, good)) {
    const std::vector<Attempt> cycles = SmallCycles(history, exercise, signal, span);
    const double usual_s = UsualDuration_s(known, good, cycles);
    for (const Attempt& candidate : cycles) {
      const float load_share = signal.feature == exercise.load_path ? candidate.range / signal.full_rom : 0.0F;
      if (!MayBeOfSet(known, candidate, usual_s)) continue;
      const bool is_partial = IsPartial(known, candidate, load_share) && IsInPlace(known, candidate.rep);
      const bool is_cheated = exercise.is_of_arms() && IsCheated(known, candidate, load_share);
      if (!is_partial && !is_cheated) continue;
      if (IsApart(known, candidate.rep, attempts)) Add(candidate, exercise.eccentric_first, attempts);
    }
  }
  std::ranges::sort(attempts, {}, [](const Attempt& a) { return a.rep.turn; });
}

}  // namespace spotter::exercise
