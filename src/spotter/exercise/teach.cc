// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/teach.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "spotter/base/median.h"
#include "spotter/exercise/naming.h"
#include "spotter/exercise/signal_count.h"

namespace spotter::exercise {
namespace {

constexpr float kDegree = std::numbers::pi_v<float> / 180;
constexpr std::chrono::microseconds kMinInterval{28'000};  // as PersonAnalyzer
constexpr std::size_t kFewestFrames = 12;
constexpr std::size_t kMostSignals = 3;
constexpr double kSameTurn = 0.3;         // of the median duration: two features turn at the same time
constexpr float kLeastRangeShare = 0.4F;  // of the demonstrated range: less is no attempt
constexpr float kFullRangeShare = 0.85F;
constexpr float kProbeShare = 0.4F;   // of a feature's spread, before anything is known
constexpr float kScatters = 2.5F;     // standard deviations that a gate leaves room for
constexpr float kHintWeight = 0.25F;  // of a gate on what looks different from another side
constexpr float kLeastFeet = 0.4F;    // torso lengths that feet on the spot may seem to move

// What a pose network scatters by and views differ by, in a feature's own unit.
struct Unit {
  float noise;      // of a mean over a few frames
  float motion;     // less than this is no movement
  float tolerance;  // that a posture is given at least
  float soft;
};
constexpr Unit kAngle{8 * kDegree, 20 * kDegree, 20 * kDegree, 25 * kDegree};
constexpr Unit kLength{0.08F, 0.2F, 0.25F, 0.3F};  // torso lengths
const Unit& UnitOf(Feature feature) { return IsAngle(feature) ? kAngle : kLength; }

// Places in the picture and the size say nothing about the movement; confidence is no movement at all.
bool IsMovement(Feature feature) {
  switch (feature) {
    case Feature::kHipsX:
    case Feature::kAnklesX:
    case Feature::kAnklesY:
    case Feature::kSize:
    case Feature::kConfidence:
    case Feature::kTorsoLength:
    case Feature::kFootRaise:
    case Feature::kStride:
    case Feature::kFootLead:
    case Feature::kKneeLead:
    case Feature::kCount:
      return false;
    default:
      return true;
  }
}

// Heights stay what they are when the person turns round or another camera looks on; angles and distances in the
// picture do not.
bool SurvivesTurning(Feature feature) {
  switch (feature) {
    case Feature::kWristHeight:
    case Feature::kElbowHeight:
    case Feature::kKneeHeight:
    case Feature::kWristFloor:
    case Feature::kHipHeight:
    case Feature::kShoulderHeight:
    case Feature::kHeadHeight:
    case Feature::kHipsY:
    case Feature::kShouldersY:
    case Feature::kWristsY:
    case Feature::kTorsoTilt:
      return true;
    default:
      return false;
  }
}

// One feature in one sense as the signal, and the repetitions that it shows.
struct SignalView {
  Signal signal;
  std::vector<Attempt> attempts;
  float clarity = 0;  // range over noise and scatter
};

struct Spread {
  float mean = 0;
  float deviation = 0;
};

template <typename Get>
Spread SpreadOver(const std::vector<Attempt>& attempts, Get get) {
  float sum = 0;
  float squares = 0;
  int known = 0;
  for (const Attempt& attempt : attempts) {
    const float value = get(attempt);
    if (std::isnan(value)) continue;
    sum += value;
    squares += value * value;
    ++known;
  }
  if (2 * known < static_cast<int>(attempts.size())) return {kMissing, 0};
  const float mean = sum / static_cast<float>(known);
  return {mean, std::sqrt(std::max(0.0F, squares / static_cast<float>(known) - mean * mean))};
}

Spread StartOf(const std::vector<Attempt>& attempts, Feature feature) {
  return SpreadOver(attempts, [&](const Attempt& a) { return a.movement.start[static_cast<std::size_t>(feature)]; });
}

Spread ChangeOf(const std::vector<Attempt>& attempts, Feature feature) {
  return SpreadOver(attempts, [&](const Attempt& a) { return a.movement.change[static_cast<std::size_t>(feature)]; });
}

Spread TurnOf(const std::vector<Attempt>& attempts, Feature feature) {
  const auto i = static_cast<std::size_t>(feature);
  return SpreadOver(attempts, [&](const Attempt& a) { return a.movement.start[i] + a.movement.change[i]; });
}

ExerciseDefinition ProbeOf(const Signal& signal) {
  return {.id = "taught",
          .family = "taught",
          .signals = {signal},
          .main_angle = signal.feature,
          .min_s = 0.3,
          .max_s = 20,
          .max_pause_s = 10};
}

SignalView Look(const FeatureHistory& history, FeatureRef feature, bool turn_is_high) {
  const Span whole{0, history.frames().size() - 1};
  const Unit& unit = UnitOf(feature.feature);
  SignalView view{.signal = {.feature = feature, .turn_is_high = turn_is_high}};
  const float spread = Travel(history, feature, whole);
  if (!(spread >= unit.motion)) return view;
  view.signal.min_rom = kProbeShare * spread;
  view.signal.full_rom = spread;
  view.attempts = CountWithSignals(history, ProbeOf(view.signal), whole);
  const Spread range = SpreadOver(view.attempts, [](const Attempt& a) { return a.range; });
  if (!view.attempts.empty() && range.mean >= unit.motion) view.clarity = range.mean / (unit.noise + range.deviation);
  return view;
}

std::vector<SignalView> LookEverywhere(const FeatureHistory& history) {
  std::vector<SignalView> views;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    if (!IsMovement(feature)) continue;
    for (const SideUse side : {SideUse::kMean, SideUse::kMin, SideUse::kMax}) {
      if (side != SideUse::kMean && !IsPaired(feature)) continue;
      for (const bool turn_is_high : {true, false}) {
        SignalView view = Look(history, {feature, side}, turn_is_high);
        if (view.clarity > 0) views.push_back(std::move(view));
      }
    }
  }
  std::stable_sort(views.begin(), views.end(),
                   [](const SignalView& a, const SignalView& b) { return a.clarity > b.clarity; });
  return views;
}

bool TurnTogether(const SignalView& a, const SignalView& b) {
  const double period_s = MedianOf(a.attempts, Duration_s);
  for (std::size_t i = 0; i < a.attempts.size(); ++i) {
    if (std::abs(ToSeconds(a.attempts[i].rep.turn - b.attempts[i].rep.turn)) > kSameTurn * period_s) return false;
  }
  return true;
}

// Whether legs or trunk carry the body there and back. Then the arms hold the load, or the balance, in many ways.
bool BodyMoves(const std::vector<Attempt>& attempts) {
  return std::abs(ChangeOf(attempts, Feature::kHipsY).mean) >= kLength.motion;
}

// Of the views with the right number: the clearest, then the clearest that agrees with it and sees the movement another
// way (heights beside angles), then the clearest of the rest; each feature once.
std::vector<SignalView> Agreeing(std::vector<SignalView> views, int reps) {
  std::erase_if(views, [&](const SignalView& view) { return view.attempts.size() != static_cast<std::size_t>(reps); });
  if (!views.empty() && BodyMoves(views.front().attempts)) {
    const auto of_arms = [](const SignalView& view) { return IsOfArms(view.signal.feature.feature); };
    if (!std::all_of(views.begin(), views.end(), of_arms)) std::erase_if(views, of_arms);
  }
  std::vector<SignalView> chosen;
  const auto take = [&](bool other_kind_only) {
    for (const SignalView& view : views) {
      const Feature feature = view.signal.feature.feature;
      const bool is_known = std::any_of(chosen.begin(), chosen.end(),
                                        [&](const SignalView& v) { return v.signal.feature.feature == feature; });
      if (is_known || (!chosen.empty() && !TurnTogether(chosen.front(), view))) continue;
      if (other_kind_only && SurvivesTurning(feature) == SurvivesTurning(chosen.front().signal.feature.feature))
        continue;
      chosen.push_back(view);
      return;
    }
  };
  take(false);
  if (chosen.empty()) return chosen;
  take(true);
  while (chosen.size() < kMostSignals) {
    const std::size_t before = chosen.size();
    take(false);
    if (chosen.size() == before) break;
  }
  return chosen;
}

// What most of the body shows, for the message. A feature's other sense may show one repetition less: from turn to
// turn.
std::size_t UsualCount(const std::vector<SignalView>& views) {
  std::map<Feature, std::size_t> most_of;
  for (const SignalView& view : views) {
    std::size_t& most = most_of[view.signal.feature.feature];
    most = std::max(most, view.attempts.size());
  }
  std::map<std::size_t, float> votes;
  for (const SignalView& view : views) votes[most_of[view.signal.feature.feature]] += view.clarity;
  const auto winner =
      std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return winner == votes.end() ? 0 : winner->first;
}

Gate Around(Feature feature, Spread spread, bool is_hint) {
  const Unit& unit = UnitOf(feature);
  const float room = std::max(unit.tolerance, kScatters * spread.deviation);
  Gate gate{.feature = {feature, SideUse::kMean},
            .low = spread.mean - room,
            .high = spread.mean + room,
            .soft = unit.soft,
            .weight = is_hint ? kHintWeight : 1};
  if (!IsAngle(feature)) return gate;
  gate.low = std::max(gate.low, 0.0F);
  gate.high = std::min(gate.high, std::numbers::pi_v<float>);
  return gate;
}

// The far end of those who go farther, or not quite as far, than the demonstration.
Gate Stretched(Gate gate, float change) {
  constexpr float kFarther = 0.75F;  // of the demonstrated change
  constexpr float kNearer = 0.3F;
  gate.low -= change < 0 ? -kFarther * change : kNearer * change;
  gate.high += change > 0 ? kFarther * change : -kNearer * change;
  if (!IsAngle(gate.feature.feature)) return gate;
  gate.low = std::max(gate.low, 0.0F);
  gate.high = std::min(gate.high, std::numbers::pi_v<float>);
  return gate;
}

// The postures at both ends: interior angles and what tells standing, sitting, lying and hands high or low apart.
void AddPostures(ExerciseDefinition& definition, const std::vector<Attempt>& attempts) {
  const bool body_moves = BodyMoves(attempts);
  for (const Feature feature : {Feature::kKnee, Feature::kHip, Feature::kElbow, Feature::kShoulder, Feature::kTorsoTilt,
                                Feature::kWristHeight, Feature::kKneeHeight}) {
    const Spread start = StartOf(attempts, feature);
    const Spread turn = TurnOf(attempts, feature);
    if (std::isnan(start.mean) || std::isnan(turn.mean)) continue;
    const bool is_hint = !SurvivesTurning(feature) || (body_moves && IsOfArms(feature));
    definition.start.push_back(Around(feature, start, is_hint));
    definition.turn.push_back(Stretched(Around(feature, turn, is_hint), turn.mean - start.mean));
  }
}

// What moves has to move in that direction; feet that stay have to stay.
void AddMovement(ExerciseDefinition& definition, const std::vector<Attempt>& attempts, const FeatureHistory& history) {
  constexpr float kFarthestShare = 2.2F;
  for (const Signal& signal : definition.signals) {
    const Feature feature = signal.feature.feature;
    const float change = ChangeOf(attempts, feature).mean;
    if (!SurvivesTurning(feature) || !(std::abs(change) >= UnitOf(feature).motion)) continue;
    const float near = kLeastRangeShare * change;
    const float far = kFarthestShare * change;
    definition.change.push_back(
        {{feature, SideUse::kMean}, std::min(near, far), std::max(near, far), UnitOf(feature).soft, 1});
  }
  for (const Feature feature : {Feature::kAnklesX, Feature::kAnklesY}) {
    float most = 0;
    for (const Attempt& attempt : attempts) {
      const Span span = SpanBetween(history, attempt.rep.start, attempt.rep.end);
      const float travel = Travel(history, {feature, SideUse::kMean}, span);
      if (!std::isnan(travel)) most = std::max(most, travel);
    }
    definition.travel.push_back(
        {{feature, SideUse::kMean}, 0, std::max(kLeastFeet, kScatters * most), kLength.soft, kHintWeight});
  }
}

void AddTimes(ExerciseDefinition& definition, const std::vector<Attempt>& attempts) {
  double shortest_s = Duration_s(attempts.front());
  double longest_s = shortest_s;
  double pause_s = 0;
  for (const Attempt& attempt : attempts) {
    shortest_s = std::min(shortest_s, Duration_s(attempt));
    longest_s = std::max(longest_s, Duration_s(attempt));
    pause_s = std::max(pause_s, ToSeconds(attempt.rep.pause_stretched + attempt.rep.pause_shortened));
  }
  definition.min_s = std::max(0.3, 0.4 * shortest_s);
  definition.max_s = std::min(60.0, 2 + 3 * longest_s);
  definition.max_pause_s = std::clamp(2 + 2 * pause_s, 3.0, 30.0);
}

// The angle that changes most.
FeatureRef MainAngle(const std::vector<Attempt>& attempts) {
  Feature most = Feature::kTorsoTilt;
  float change = 0;
  for (const Feature feature :
       {Feature::kKnee, Feature::kHip, Feature::kElbow, Feature::kShoulder, Feature::kTorsoTilt}) {
    const float now = std::abs(ChangeOf(attempts, feature).mean);
    if (!(now > change)) continue;
    change = now;
    most = feature;
  }
  return {most, SideUse::kMean};
}

// Muscles that work against gravity stretch on the way down: what moves most in height says which way that is.
bool IsEccentricFirst(const std::vector<Attempt>& attempts) {
  float most = 0;
  for (const Feature feature : {Feature::kHipsY, Feature::kShouldersY, Feature::kWristsY}) {
    const float change = ChangeOf(attempts, feature).mean;
    if (std::abs(change) > std::abs(most)) most = change;
  }
  return most < 0;
}

Signal FinalSignal(const SignalView& view) {
  Signal signal = view.signal;
  const auto range = static_cast<float>(MedianOf(view.attempts, [](const Attempt& a) { return double{a.range}; }));
  signal.min_rom = kLeastRangeShare * range;
  signal.full_rom = kFullRangeShare * range;
  return signal;
}

ExerciseDefinition Define(const std::vector<SignalView>& views, const Lesson& lesson, const FeatureHistory& history) {
  const std::vector<Attempt>& attempts = views.front().attempts;
  ExerciseDefinition definition{.id = lesson.id, .family = lesson.id, .title = lesson.title};
  for (const SignalView& view : views) definition.signals.push_back(FinalSignal(view));
  definition.main_angle = MainAngle(attempts);
  definition.eccentric_first = IsEccentricFirst(attempts);
  AddPostures(definition, attempts);
  AddMovement(definition, attempts, history);
  AddTimes(definition, attempts);
  return definition;
}

std::vector<Rival> FindRivals(const FeatureHistory& history,
                              const ExerciseLibrary& library,
                              const std::vector<Attempt>& attempts) {
  std::vector<Rival> rivals;
  const ExerciseLibrary sought = library.Sought({});
  for (const ExerciseDefinition& exercise : sought.exercises()) {
    if (exercise.kind != Kind::kRepetitions) continue;
    rivals.push_back({exercise.id, std::max(NamingScore(history, exercise, attempts, false),
                                            NamingScore(history, exercise, attempts, true))});
  }
  std::stable_sort(rivals.begin(), rivals.end(), [](const Rival& a, const Rival& b) { return a.score > b.score; });
  return rivals;
}

}  // namespace

void Demonstration::Add(const Joints& joints) {
  if (last_seen_ && joints.pts < *last_seen_ + kMinInterval) return;
  last_seen_ = joints.pts;
  if (const std::optional<Joints> filtered = filter_.Push(joints)) Append(*filtered);
}

void Demonstration::Append(const Joints& filtered) {
  history_.Push(kinematics_.Update(filtered));
  bodies_.Push(filtered);
}

void Demonstration::Close() {
  while (const std::optional<Joints> filtered = filter_.Flush()) Append(*filtered);
}

Result<Taught> Teach(const FeatureHistory& history, const Lesson& lesson, const ExerciseLibrary& library) {
  if (history.frames().size() < kFewestFrames)
    return MakeError(ErrorCode::kNotFound, "nobody is seen long enough to learn from");
  std::vector<SignalView> views = LookEverywhere(history);
  const std::size_t usual = UsualCount(views);
  const std::vector<SignalView> chosen = Agreeing(std::move(views), lesson.reps);
  if (chosen.empty()) {
    return MakeError(ErrorCode::kNotFound,
                     "no movement with {} repetitions was found{}; check --reps, or show one set that fills the "
                     "recording, whole body in view",
                     lesson.reps, usual > 0 ? fmt::format(" (most of the body shows {})", usual) : std::string());
  }
  Taught taught{.definition = Define(chosen, lesson, history), .attempts = chosen.front().attempts};
  taught.own_score = NamingScore(history, taught.definition, taught.attempts, false);
  taught.rivals = FindRivals(history, library, taught.attempts);
  return taught;
}

}  // namespace spotter::exercise
