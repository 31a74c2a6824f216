// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/attempt.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "spotter/exercise/gates.h"

namespace spotter::exercise {
namespace {

constexpr float kEdgeShare = 0.1F;  // of the range: within it the signal is "at" an end
// A movement between two rests follows a raised cosine closely; it crosses 10 % and 50 % of its way at these shares of
// its duration, which gives back when it truly began.
constexpr double kEdgePhase = 0.2048;
constexpr double kMiddlePhase = 0.5;
constexpr std::chrono::microseconds kStartPosture{200'000};
constexpr float kFreeDrift = 0.4F;    // torso lengths a second that cost nothing (a panning camera),
constexpr float kSoftDrift = 0.5F;    // and how much more until nothing is left
constexpr float kFreeGrowth = 0.08F;  // the same for the size in the picture, natural logarithm a second
constexpr float kSoftGrowth = 0.12F;
constexpr float kShanksApart = 0.4F;  // torso lengths in height, of legs that do not do the same
constexpr float kUpright_rad = 45 / 180.0F * std::numbers::pi_v<float>;
constexpr float kOneSided = 3;          // times as far as the other side
constexpr double kOpeningShare = 0.4;   // of a repetition's shortest duration: only the way back was seen
constexpr double kShortestHalf = 0.12;  // of a repetition: a jerk there or back is no controlled movement
constexpr float kPoorestRange = 0.5F;   // fit of a barely admissible range
constexpr float kCutShare = 0.2F;       // of the way back, lacking on the way out: it began before the recording
constexpr std::chrono::microseconds kFirstMoment{600'000};  // of a history: a cycle that starts in it may be cut

constexpr std::size_t kEndFrames = 2;  // looked at after the end, and how much of the way out may still lie before it
constexpr float kFarthestEnd = 0.85F;

constexpr float kMostGrowth = 0.85F;  // GrowthShare: more, and the person only came nearer or went away

constexpr float kHandsApart = 0.4F;      // torso lengths, in height: only one hand went up,
constexpr float kLowestHand = -0.55F;    // to the chest or higher, above the shoulders,
constexpr float kHighestHand = 0.75F;    // not overhead,
constexpr float kBentElbow_rad = 1.75F;  // with the elbow bent

struct Shape {
  std::size_t leave = 0;       // last frame at the start end before the turn
  std::size_t arrive = 0;      // first frame at the far end
  std::size_t turn = 0;        // the extreme
  std::size_t leave_turn = 0;  // last frame at the far end
  std::size_t back = 0;        // first frame at the start end after the turn
  std::size_t middle_out = 0;  // first frame past half of the way out
  std::size_t middle_back = 0;
  float range = 0;
};

// First index on the way from `from` to `limit`, in either direction, whose value is at most `level`; `limit` when
// there is none.
std::size_t Below(const Series& series, std::size_t from, std::size_t limit, float level) {
  std::size_t i = from;
  while (i != limit) {
    const float value = series.At(i);
    if (!std::isnan(value) && value <= level) return i;
    i = limit > from ? i + 1 : i - 1;
  }
  return limit;
}

std::optional<Shape> Measure(const FeatureHistory& history, const Series& series, const Cycle& cycle) {
  const std::size_t first = std::max(history.IndexAt(cycle.start.pts), series.first);
  const std::size_t turn = history.IndexAt(cycle.turn.pts);
  if (turn >= series.end() || first > turn) return std::nullopt;
  const std::size_t last = std::min(std::max(history.IndexAt(cycle.end.pts), turn), series.end() - 1);
  Shape shape{.turn = turn, .range = cycle.range()};
  const float near_base = cycle.base + kEdgeShare * shape.range;
  const float near_turn = cycle.turn.value - kEdgeShare * shape.range;
  const float middle = cycle.base + 0.5F * shape.range;
  shape.arrive = Below(series, turn, first, near_turn);
  shape.middle_out = Below(series, shape.arrive, first, middle);
  shape.leave = Below(series, shape.middle_out, first, near_base);
  shape.leave_turn = Below(series, turn, last, near_turn);
  shape.middle_back = Below(series, shape.leave_turn, last, middle);
  shape.back = Below(series, shape.middle_back, last, near_base);
  return shape;
}

// When a movement that passes 10 % of its way at `edge` and half of it at `middle` began (or, backwards, ended).
Pts Extrapolate(Pts edge, Pts middle) {
  const double half = ToSeconds(middle - edge) / (kMiddlePhase - kEdgePhase);
  return edge - FromSeconds(half * kEdgePhase);
}

Rep MakeRep(const FeatureHistory& history, const ExerciseDefinition& exercise, const Shape& shape, const Cycle& cycle) {
  const auto at = [&](std::size_t i) { return history.frames()[i].pts; };
  Rep rep;
  rep.start = std::max(Extrapolate(at(shape.leave), at(shape.middle_out)), cycle.start.pts);
  rep.end = std::max(std::min(Extrapolate(at(shape.back), at(shape.middle_back)), history.frames().back().pts),
                     at(shape.back));
  // 10 % below the far end is passed at the same phase as 10 % above the near one.
  const Pts arrive = std::min(Extrapolate(at(shape.arrive), at(shape.middle_out)), at(shape.turn));
  const Pts leave = std::max(Extrapolate(at(shape.leave_turn), at(shape.middle_back)), at(shape.turn));
  rep.turn = at(shape.arrive) + (at(shape.leave_turn) - at(shape.arrive)) / 2;
  const std::chrono::microseconds pause = std::max(leave - arrive, std::chrono::microseconds{0});
  const std::chrono::microseconds out = rep.turn - pause / 2 - rep.start;
  const std::chrono::microseconds home = rep.end - rep.turn - pause / 2;
  (exercise.eccentric_first ? rep.eccentric : rep.concentric) = std::max(out, std::chrono::microseconds{0});
  (exercise.eccentric_first ? rep.concentric : rep.eccentric) = std::max(home, std::chrono::microseconds{0});
  (exercise.eccentric_first ? rep.pause_stretched : rep.pause_shortened) = pause;
  return rep;
}

CycleSpans MakeSpans(const FeatureHistory& history, const Shape& shape) {
  const std::size_t posture = history.IndexAt(history.frames()[shape.leave].pts - kStartPosture);
  return {{posture, shape.leave}, {shape.arrive, shape.leave_turn}, {shape.leave, shape.back}};
}

// A movement that was under way when the recording began: the start posture is the one it comes back to.
CycleSpans MakeOpeningSpans(const FeatureHistory& history, const Shape& shape) {
  const std::size_t last = history.frames().size() - 1;
  const std::size_t posture = std::min(last, history.IndexAt(history.frames()[shape.back].pts + kStartPosture));
  return {{shape.back, posture}, {shape.turn, shape.leave_turn}, {shape.turn, shape.back}};
}

// A cycle under way when the history begins: it comes back to clearly farther than where it was first seen.
bool IsCut(const FeatureHistory& history, const Cycle& cycle) {
  if (cycle.opening || cycle.start.pts > history.frames().front().pts + kFirstMoment) return false;
  return cycle.start.value - cycle.end.value > kCutShare * (cycle.turn.value - cycle.end.value);
}

float DurationScore(const ExerciseDefinition& exercise, const Rep& rep, bool opening) {
  const double duration_s = ToSeconds(rep.end - rep.start);
  const double pause_s = ToSeconds(rep.pause_stretched + rep.pause_shortened);
  const double least_s = opening ? kOpeningShare * exercise.min_s : exercise.min_s;
  if (duration_s < 0.7 * least_s || duration_s > exercise.max_s + pause_s || pause_s > exercise.max_pause_s) return 0;
  const double shorter_s = ToSeconds(std::min(rep.turn - rep.start, rep.end - rep.turn));
  if (!opening && shorter_s < kShortestHalf * duration_s) return 0;
  return duration_s < least_s ? 0.6F : 1.0F;
}

// The leg in front of somebody who goes down between his feet: its shank stands, while the other one lies back to the
// toes, or to a bench. From whichever side that is seen, the knee in front is higher above its foot.
Side LeadingLeg(const FeatureHistory& history, Span turn) {
  const float lead = Mean(history, {Feature::kKneeLead}, turn) - Mean(history, {Feature::kFootLead}, turn);
  const bool is_upright = Mean(history, {Feature::kTorsoTilt}, turn) < kUpright_rad;
  if (!is_upright || !(std::abs(lead) > kShanksApart)) return Side::kBoth;
  return lead > 0 ? Side::kLeft : Side::kRight;
}

// The hand that is up, of a movement without a main angle that would tell.
Side RaisedHand(const FeatureHistory& history, Span turn) {
  const auto height = [&](SideUse side) { return Mean(history, {Feature::kWristHeight, side}, turn); };
  return height(SideUse::kLeft) > height(SideUse::kRight) ? Side::kLeft : Side::kRight;
}

// The side that did it. Where the exercise says how the legs stand that goes before angles, which a view may hide.
Side SideOf(const FeatureHistory& history,
            const ExerciseDefinition& exercise,
            const CycleSpans& spans,
            bool one_handed) {
  const auto stands = std::ranges::find(exercise.turn, FeatureRef{Feature::kStagger}, &Gate::feature);
  if (stands != exercise.turn.end()) return stands->low > 0 ? LeadingLeg(history, spans.turn) : Side::kBoth;
  const Feature angle = exercise.main_angle.feature;
  if (IsPaired(angle)) return MovingSide(history, angle, spans.whole);
  return one_handed ? RaisedHand(history, spans.turn) : Side::kBoth;
}

// In space: a hand's height in the picture does not depend on the side somebody is seen from.
bool IsOneHanded(const FeatureHistory& history, Span turn) {
  const float hand = Mean(history, {Feature::kWristHeight, SideUse::kMax}, turn);
  return hand > kLowestHand && hand < kHighestHand &&
         Mean(history, {Feature::kWristHeight, SideUse::kDiff}, turn) > kHandsApart &&
         Mean(history, {Feature::kElbow, SideUse::kMin}, turn) < kBentElbow_rad;
}

// Whether the posture at the end is no longer that of the far end. Who curls a weight to the shoulders and presses it
// from there straightens the elbows, too, and comes back to nothing.
bool IsBack(const FeatureHistory& history, const Movement& movement, std::size_t back) {
  const Span end{back, std::min(back + kEndFrames, history.frames().size() - 1)};
  return ExtentAt(history, end, movement) < kFarthestEnd;
}

float Lost(float value, float free, float soft) { return std::clamp((value - free) / soft, 0.0F, 1.0F); }

}  // namespace

Side MovingSide(const FeatureHistory& history, Feature feature, Span span) {
  const float left = Travel(history, {feature, SideUse::kLeft}, span);
  const float right = Travel(history, {feature, SideUse::kRight}, span);
  if (left > kOneSided * right) return Side::kLeft;
  return right > kOneSided * left ? Side::kRight : Side::kBoth;
}

FeatureRef OfSide(FeatureRef ref, Side side) {
  if (side == Side::kBoth || ref.side != SideUse::kMean || !IsPaired(ref.feature)) return ref;
  return {ref.feature, side == Side::kLeft ? SideUse::kLeft : SideUse::kRight};
}

float OnTheSpotScore(const FeatureHistory& history, Span span, bool way_back_only) {
  const FeatureFrame& from = history.frames()[span.first];
  const FeatureFrame& to = history.frames()[span.last];
  const auto duration_s = static_cast<float>(std::max(ToSeconds(to.pts - from.pts), 0.3));
  const auto value = [](const FeatureFrame& frame, Feature feature) { return frame.Get({feature, SideUse::kMean}); };
  const float rise = way_back_only ? 0.0F : value(to, Feature::kHipsY) - value(from, Feature::kHipsY);
  const float drift = std::hypot(value(to, Feature::kHipsX) - value(from, Feature::kHipsX), rise) / duration_s;
  const float growth = std::abs(std::log(value(to, Feature::kSize) / value(from, Feature::kSize))) / duration_s;
  float score = 1;
  if (!std::isnan(drift)) score *= 1 - Lost(drift, kFreeDrift, kSoftDrift);
  if (!std::isnan(growth)) score *= 1 - Lost(growth, kFreeGrowth, kSoftGrowth);
  return score;
}

float RangeScore(const Signal& signal, float range) {
  if (range < signal.min_rom) return 0;
  return kPoorestRange + (1 - kPoorestRange) * std::min(1.0F, range / std::max(signal.full_rom, signal.min_rom));
}

MovementTemplate MeanMovement(std::span<const Attempt> attempts) {
  MovementTemplate mean;
  for (const Attempt& attempt : attempts) mean.Add(attempt.movement);
  return mean;
}

std::optional<Attempt> Judge(const FeatureHistory& history,
                             const ExerciseDefinition& exercise,
                             const Series& series,
                             const Cycle& cycle) {
  if (history.frames().empty() || history.frames().front().pts > cycle.turn.pts) return std::nullopt;
  const bool is_cut = IsCut(history, cycle);
  Cycle known = cycle;
  if (is_cut) known.base = cycle.end.value;
  const std::optional<Shape> shape = Measure(history, series, known);
  if (!shape) return std::nullopt;
  Attempt attempt{.rep = MakeRep(history, exercise, *shape, cycle), .range = shape->range};
  const bool way_back_only = cycle.opening || is_cut;
  const CycleSpans spans = way_back_only ? MakeOpeningSpans(history, *shape) : MakeSpans(history, *shape);
  attempt.rep.rom_rad =
      std::abs(Mean(history, exercise.main_angle, spans.turn) - Mean(history, exercise.main_angle, spans.start));
  if (!std::isfinite(attempt.rep.rom_rad)) attempt.rep.rom_rad = 0;
  const float duration_score = DurationScore(exercise, attempt.rep, cycle.opening);
  attempt.timely = duration_score > 0;
  if (!attempt.timely) return attempt;
  attempt.one_handed = IsOneHanded(history, spans.turn);
  attempt.rep.side = SideOf(history, exercise, spans, attempt.one_handed);
  attempt.movement = MeasureMovement(history, spans);
  if (GrowthShare(attempt.movement) > kMostGrowth) return attempt;
  if (!way_back_only && !IsBack(history, attempt.movement, shape->back)) return attempt;
  attempt.fit =
      duration_score * OnTheSpotScore(history, spans.whole, way_back_only) * GateScore(history, exercise, spans);
  return attempt;
}

std::vector<Cycle> FindCompleteCycles(const FeatureHistory& history, const Series& series, CycleDetector& detector) {
  std::vector<Cycle> cycles;
  for (std::size_t i = series.first; i < series.end(); ++i) {
    if (const auto cycle = detector.Update(history.frames()[i].pts, series.At(i))) cycles.push_back(*cycle);
  }
  return cycles;
}

std::vector<Cycle> FindCycles(const FeatureHistory& history, const Series& series, CycleDetector detector) {
  std::vector<Cycle> cycles = FindCompleteCycles(history, series, detector);
  if (const auto cycle = detector.Finish()) cycles.push_back(*cycle);
  return cycles;
}

std::vector<Attempt> FindAttempts(const FeatureHistory& history,
                                  const ExerciseDefinition& exercise,
                                  const Series& series,
                                  const CycleDetector& detector) {
  std::vector<Attempt> attempts;
  for (const Cycle& cycle : FindCycles(history, series, detector)) {
    const std::optional<Attempt> attempt = Judge(history, exercise, series, cycle);
    if (attempt && attempt->timely) attempts.push_back(*attempt);
  }
  return attempts;
}

}  // namespace spotter::exercise
