// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/phase_times.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "spotter/exercise/rep_measure.h"
#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

constexpr double kEdgeOn_rad = std::numbers::pi / 4;  // more of the movement is along the line of sight than across it

// What shows when a movement begins and ends, and how far from the times that are known.
struct Look {
  FeatureRef feature;
  float least_range = 0;
  double reach = 0;       // looked at before and after the repetition,
  double most_shift = 0;  // a larger one means that the feature shows something else; both shares of the duration
  Pts from{0};
  Pts to{0};
};

// The main angle; seen edge-on it hardly changes and then jumps, while heights look the same from any side.
Look LookFor(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep) {
  constexpr auto kLeastAngle = static_cast<float>(25 / kDegreesPerRadian);
  constexpr float kLeastHeight = 0.2F;  // torso lengths
  const double off_plane = OffPlane_rad(history, exercise.plane, rep).value_or(0);
  if (exercise.load_path && off_plane > kEdgeOn_rad)
    return {.feature = *exercise.load_path, .least_range = kLeastHeight, .reach = 1, .most_shift = 1};
  return {.feature = exercise.main_angle, .least_range = kLeastAngle, .reach = 0.4, .most_shift = 0.35};
}

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

bool AreNear(const Rep& a, const Rep& b, double most_s) {
  return std::abs(ToSeconds(a.start - b.start)) <= most_s && std::abs(ToSeconds(a.turn - b.turn)) <= most_s &&
         std::abs(ToSeconds(a.end - b.end)) <= most_s;
}

void RefineOne(const FeatureHistory& history, const ExerciseDefinition& exercise, const Look& look, Attempt& attempt) {
  const Rep& rep = attempt.rep;
  const Span span{history.IndexAt(look.from), std::min(history.IndexAt(look.to), history.frames().size() - 1)};
  const float change = attempt.movement.change[static_cast<std::size_t>(look.feature.feature)];
  const Series series = MakeSeries(history, {.feature = look.feature, .turn_is_high = change > 0}, span);
  const auto at = [&](Pts pts) { return std::clamp(history.IndexAt(pts), span.first, span.last); };
  const Pts quarter = (rep.end - rep.start) / 4;
  const Extreme turn = Find(history, series, {at(rep.turn - quarter), at(rep.turn + quarter)}, true);
  Cycle cycle{.start = Find(history, series, {span.first, at(turn.pts)}, false),
              .turn = turn,
              .end = Find(history, series, {at(turn.pts), span.last}, false)};
  cycle.base = std::max(cycle.start.value, cycle.end.value);
  if (!(cycle.range() >= look.least_range)) return;
  const std::optional<Attempt> refined = Judge(history, exercise, series, cycle);
  if (refined && AreNear(refined->rep, rep, look.most_shift * ToSeconds(rep.end - rep.start)))
    attempt.rep = refined->rep;
}

}  // namespace

void RefineTimes(const FeatureHistory& history, const ExerciseDefinition& exercise, std::vector<Attempt>& attempts) {
  std::vector<Pts> turns;
  turns.reserve(attempts.size());
  for (const Attempt& attempt : attempts) turns.push_back(attempt.rep.turn);
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    const Rep& rep = attempts[i].rep;
    if (exercise.counted == CountedPart::kReturn) continue;
    Look look = LookFor(history, exercise, rep);
    const auto reach = FromSeconds(look.reach * ToSeconds(rep.end - rep.start));
    // Neighbouring turns bound the search, so that no repetition takes the end of another.
    look.from = std::max(rep.start - reach, i > 0 ? turns[i - 1] : Pts{0});
    look.to = i + 1 < turns.size() ? std::min(rep.end + reach, turns[i + 1]) : rep.end + reach;
    if (look.from > look.to) continue;  // repetitions that were found live in two ways may lie in one another
    RefineOne(history, exercise, look, attempts[i]);
  }
}

}  // namespace spotter::exercise
