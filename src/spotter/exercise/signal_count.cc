// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/signal_count.h"

#include <algorithm>
#include <limits>

#include "spotter/base/median.h"
#include "spotter/base/quantile.h"
#include "spotter/exercise/candidate.h"

namespace spotter::exercise {
namespace {

constexpr float kSmallestAttempt = 0.32F;  // of the set's range
constexpr float kLeastLikeness = 0.5F;     // to the set's mean movement
constexpr float kThresholdShare = 0.25F;   // of the set's range: hysteresis of the second pass
constexpr double kLongestShare = 1.2;      // of the duration of the quickest third: of the quickest one of up to three
constexpr float kLeastThreshold = 0.3F;    // of the exercise's smallest range

// The lowest value between two times, the last one if several.
Extreme Lowest(const FeatureHistory& history, const Series& series, Pts from, Pts to) {
  Extreme lowest{from, std::numeric_limits<float>::infinity()};
  for (std::size_t i = history.IndexAt(from); i < series.end() && history.frames()[i].pts <= to; ++i) {
    if (series.At(i) < lowest.value) lowest = {history.frames()[i].pts, series.At(i)};
  }
  return lowest;
}

void ExtendEnds(const FeatureHistory& history, const Series& series, std::vector<Cycle>& cycles) {
  for (std::size_t i = 0; i < cycles.size(); ++i) {
    Cycle& cycle = cycles[i];
    const Pts tail = cycle.end.pts + (cycle.end.pts - cycle.turn.pts);
    const Pts limit = i + 1 < cycles.size() ? std::min(tail, cycles[i + 1].turn.pts) : tail;
    const Extreme lowest = Lowest(history, series, cycle.end.pts, limit);
    if (lowest.value < cycle.end.value) cycle.end = lowest;
    cycle.base = cycle.opening ? cycle.end.value : std::max(cycle.start.value, cycle.end.value);
  }
}

float TypicalRange(const std::vector<Attempt>& attempts) {
  std::vector<float> ranges;
  for (const Attempt& attempt : attempts) {
    if (attempt.fit >= kGoodFit) ranges.push_back(attempt.range);
  }
  return ranges.empty() ? 0 : Median(std::move(ranges));
}

// Drops what is neither a good repetition nor like the good ones.
void KeepRepetitions(std::vector<Attempt>& attempts) {
  const float range = TypicalRange(attempts);
  const MovementTemplate good = TemplateOf(attempts);
  std::erase_if(attempts, [&](const Attempt& attempt) {
    const bool is_good = attempt.fit >= kGoodFit && attempt.range >= kSmallestAttempt * range;
    const bool is_strange = good.count() >= 3 && good.Likeness(attempt.movement) < kLeastLikeness;
    return is_strange || (!is_good && !Resembles(attempt, good, range));
  });
}

// One exercise seen through one of its signals.
struct View {
  const ExerciseDefinition& exercise;
  const Signal& signal;
  Series series;
};

std::vector<Attempt> Detect(const FeatureHistory& history, const View& view, const CycleDetector& detector) {
  std::vector<Cycle> cycles = FindCycles(history, view.series, detector);
  ExtendEnds(history, view.series, cycles);
  std::vector<Attempt> attempts;
  for (const Cycle& cycle : cycles) {
    const std::optional<Attempt> attempt = JudgeSignal(history, view.exercise, view.signal, cycle);
    if (attempt && attempt->timely) attempts.push_back(*attempt);
  }
  KeepRepetitions(attempts);
  return attempts;
}

std::vector<Attempt> DetectTwice(const FeatureHistory& history, const View& view) {
  std::vector<Attempt> attempts = Detect(history, view, MakeDetector(view.exercise, view.signal));
  if (attempts.size() < 2) return attempts;
  const float typical = TypicalRange(attempts);
  CycleDetector detector(std::max(kThresholdShare * typical, kLeastThreshold * view.signal.min_rom),
                         view.exercise.counted == CountedPart::kReturn ? typical : 0);
  detector.SetTypicalRange(typical);
  return Detect(history, view, detector);
}

// What the attempts explain. One that takes longer than the shorter ones may be two of which the signal missed the
// middle, or a repetition and a rest: the time beyond explains nothing.
double Evidence(const std::vector<Attempt>& attempts) {
  if (attempts.empty()) return 0;
  const double longest_s = kLongestShare * Quantile(ValuesOf(attempts, Duration_s), 1.0 / 3);
  double sum = 0;
  for (const Attempt& attempt : attempts) sum += attempt.fit * attempt.fit * std::min(Duration_s(attempt), longest_s);
  return sum;
}

}  // namespace

MovementTemplate TemplateOf(const std::vector<Attempt>& attempts) {
  MovementTemplate good;
  for (const Attempt& attempt : attempts) {
    if (attempt.fit >= kGoodFit) good.Add(attempt.movement);
  }
  return good;
}

double MeanFit(std::span<const Attempt> attempts) {
  double sum = 0;
  int good = 0;
  for (const Attempt& attempt : attempts) {
    if (attempt.fit < kGoodFit) continue;
    sum += attempt.fit;
    ++good;
  }
  return good > 0 ? sum / good : 0;
}

std::vector<Attempt> CountWithSignals(const FeatureHistory& history, const ExerciseDefinition& exercise, Span span) {
  std::vector<Attempt> best;
  double most = 0;
  for (const Signal& signal : exercise.signals) {
    std::vector<Attempt> attempts = DetectTwice(history, {exercise, signal, MakeSeries(history, signal, span)});
    const double evidence = Evidence(attempts);
    if (evidence <= most) continue;
    most = evidence;
    best = std::move(attempts);
  }
  return best;
}

}  // namespace spotter::exercise
