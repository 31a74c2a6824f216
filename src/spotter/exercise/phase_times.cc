// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/phase_times.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

constexpr float kLeastRange = static_cast<float>(25 / kDegreesPerRadian);
// Of the duration; a larger one means that the angle shows something else. Whoever bends and comes back does so no
// later and no earlier than the load goes down and comes up.
constexpr double kMostShift = 0.35;
constexpr double kMostInward = 0.12;
constexpr double kReach = 0.4;  // of the duration, looked at before and after the repetition

Extreme Find(const FeatureHistory& history, const Series& series, Span span, bool highest) {
  Extreme best{history.frames()[span.first].pts, kMissing};
  for (std::size_t i = span.first; i <= span.last; ++i) {
    const float value = series.At(i);
    if (std::isnan(value)) continue;
    if (std::isnan(best.value) || (highest ? value > best.value : value < best.value))
      best = {history.frames()[i].pts, value};
  }
  return best;
}

// Whether the time lies at most so far before and so far after the other one.
bool IsWithin(Pts time, Pts other, double before_s, double after_s) {
  const double shift_s = ToSeconds(time - other);
  return shift_s >= -before_s && shift_s <= after_s;
}

void RefineOne(const FeatureHistory& history, const ExerciseDefinition& exercise, Span span, Attempt& attempt) {
  const Rep& rep = attempt.rep;
  const float change = attempt.movement.change[static_cast<std::size_t>(exercise.main_angle.feature)];
  const Signal angle{.feature = OfSide(exercise.main_angle, rep.side), .turn_is_high = change > 0};
  const Series series = MakeSeries(history, angle, span);
  const double duration_s = ToSeconds(rep.end - rep.start);
  const auto at = [&](Pts pts) { return std::clamp(history.IndexAt(pts), span.first, span.last); };
  const Pts quarter = (rep.end - rep.start) / 4;
  const Extreme turn = Find(history, series, {at(rep.turn - quarter), at(rep.turn + quarter)}, true);
  Cycle cycle{.start = Find(history, series, {span.first, at(turn.pts)}, false),
              .turn = turn,
              .end = Find(history, series, {at(turn.pts), span.last}, false)};
  cycle.base = std::max(cycle.start.value, cycle.end.value);
  if (!(cycle.range() >= kLeastRange)) return;
  const std::optional<Attempt> refined = Judge(history, exercise, series, cycle);
  if (!refined) return;
  const Rep& better = refined->rep;
  const double most_s = kMostShift * duration_s;
  const double inward_s = kMostInward * duration_s;
  if (!IsWithin(better.start, rep.start, most_s, inward_s) || !IsWithin(better.turn, rep.turn, most_s, most_s) ||
      !IsWithin(better.end, rep.end, inward_s, most_s))
    return;
  const Side side = better.side == Side::kBoth && exercise.is_of_arms() ? rep.side : better.side;
  attempt.rep = better;
  attempt.rep.side = side;
}

}  // namespace

void EndBy(Pts end, bool eccentric_first, Rep& rep) {
  std::chrono::microseconds& last = eccentric_first ? rep.concentric : rep.eccentric;
  last = std::max(last - (rep.end - end), std::chrono::microseconds{0});
  rep.end = end;
}

void BeginAt(Pts start, bool eccentric_first, Rep& rep) {
  std::chrono::microseconds& first = eccentric_first ? rep.eccentric : rep.concentric;
  first = std::max(first - (start - rep.start), std::chrono::microseconds{0});
  rep.start = start;
}

void RefineTimes(const FeatureHistory& history, const ExerciseDefinition& exercise, std::vector<Attempt>& attempts) {
  std::vector<Pts> turns;
  turns.reserve(attempts.size());
  for (const Attempt& attempt : attempts) turns.push_back(attempt.rep.turn);
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    const Rep& rep = attempts[i].rep;
    if (exercise.counted == CountedPart::kReturn) continue;
    const auto reach = FromSeconds(kReach * ToSeconds(rep.end - rep.start));
    // Neighbouring turns bound the search, so that no repetition takes the end of another.
    const Pts from = std::max(rep.start - reach, i > 0 ? turns[i - 1] : Pts{0});
    const Pts to = i + 1 < turns.size() ? std::min(rep.end + reach, turns[i + 1]) : rep.end + reach;
    if (from > to) continue;  // repetitions that were found live in two ways may lie in one another
    RefineOne(history, exercise, SpanBetween(history, from, to), attempts[i]);
  }
}

}  // namespace spotter::exercise
