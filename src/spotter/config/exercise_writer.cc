// SPDX-License-Identifier: Apache-2.0
#include <span>

#include <fmt/format.h>

#include "spotter/config/exercise_library.h"
#include "spotter/config/exercise_text.h"
#include "spotter/config/exercise_words.h"
#include "spotter/config/form_rules.h"
#include "spotter/config/yaml_comment.h"

namespace spotter::config {
namespace {

using exercise::ExerciseDefinition;
using exercise::Gate;
using exercise::Kind;
using exercise::Signal;

std::string SignalLine(const Signal& signal, Kind kind) {
  if (kind == Kind::kCadence)
    return fmt::format("  - {{feature: {}, min_rom: {}, turns: {}}}\n", exercise::Name(signal.feature),
                       FeatureValue(signal.min_rom, signal.feature), signal.turns);
  const std::string reps = signal.min_reps > 1 ? fmt::format(", min_reps: {}", signal.min_reps) : std::string();
  return fmt::format("  - {{feature: {}, turn: {}, min_rom: {}, full_rom: {}{}}}\n", exercise::Name(signal.feature),
                     signal.turn_is_high ? "high" : "low", FeatureValue(signal.min_rom, signal.feature),
                     FeatureValue(signal.full_rom, signal.feature), reps);
}

std::string GateText(const Gate& gate) {
  const std::string weight = gate.weight < 1 ? fmt::format(", {:.2g}", gate.weight) : std::string();
  return fmt::format("{}: [{}, {}, {}{}]", exercise::Name(gate.feature), FeatureValue(gate.low, gate.feature),
                     FeatureValue(gate.high, gate.feature), FeatureValue(gate.soft, gate.feature), weight);
}

std::string GateList(std::span<const Gate> gates) {
  std::string text;
  for (const Gate& gate : gates) text += (text.empty() ? "" : ", ") + GateText(gate);
  return text;
}

std::string GatesLine(std::string_view key, std::span<const Gate> gates) {
  if (gates.empty()) return {};
  return fmt::format("{}: {{{}}}\n", key, GateList(gates));
}

std::string ToldByLines(const ExerciseDefinition& variant) {
  std::string text = "told_by:\n";
  for (const auto& [key, moment] : kMomentWords) {
    std::vector<Gate> gates;
    for (const exercise::MomentGate& told : variant.told_by) {
      if (told.moment == moment) gates.push_back(told.gate);
    }
    if (!gates.empty()) text += "  " + GatesLine(key, gates);
  }
  return text;
}

// Among which exercises it belongs and by what it is told from them.
std::string Recognition(const ExerciseDefinition& exercise) {
  std::string text = exercise.variant_of.empty() ? fmt::format("family: {}\n", exercise.family)
                                                 : fmt::format("variant_of: {}\n", exercise.variant_of);
  if (exercise.only_pinned) text += "recognised: pinned\n";
  return exercise.told_by.empty() ? text : text + ToldByLines(exercise);
}

std::string ListLine(std::string_view key, const std::vector<std::string>& words) {
  return words.empty() ? std::string() : fmt::format("{}: [{}]\n", key, fmt::join(words, ", "));
}

std::string TargetLine(const ExerciseDefinition& exercise) {
  if (!exercise.target) return {};
  const std::string_view key = exercise.kind == Kind::kHold      ? "target_hold_s"
                               : exercise.kind == Kind::kCadence ? "target_rpm"
                                                                 : "target_reps";
  return fmt::format("{}: [{}, {}]\n", key, exercise.target->least, exercise.target->most);
}

// What people want to know about the exercise.
std::string Catalogue(const ExerciseDefinition& exercise) {
  std::string text =
      fmt::format("rest_s: [{:.4g}, {:.4g}]\n", ToSeconds(exercise.rest.least), ToSeconds(exercise.rest.most));
  text += TargetLine(exercise) + ListLine("muscles", exercise.muscles) + ListLine("equipment", exercise.equipment);
  return text + (exercise.verified() ? ListLine("evidence", exercise.evidence) : "verified: false\n");
}

}  // namespace

std::string WriteExercise(const ExerciseDefinition& exercise, std::string_view comment) {
  std::string text = Commented(comment);
  text += fmt::format("id: {}\ntitle: {}\n{}", exercise.id, Quoted(exercise.title), Recognition(exercise));
  if (exercise.kind != Kind::kRepetitions) text += fmt::format("kind: {}\n", WordOf(kKindWords, exercise.kind));
  if (!exercise.signals.empty()) text += "signals:\n";
  for (const Signal& signal : exercise.signals) text += SignalLine(signal, exercise.kind);
  text += fmt::format("main_angle: {}\n", exercise::Name(exercise.main_angle));
  text += GatesLine("start", exercise.start) + GatesLine("turn", exercise.turn);
  text += GatesLine("change", exercise.change) + GatesLine("travel", exercise.travel);
  text += GatesLine("during", exercise.during);
  if (exercise.counted == exercise::CountedPart::kReturn) text += "counted: return\n";
  if (exercise.kind == Kind::kRepetitions) {
    text += fmt::format("eccentric: {}\n", exercise.eccentric_first ? "first" : "last");
    text += fmt::format("tempo_s: [{:.1f}, {:.1f}]\nmax_pause_s: {:.1f}\n", exercise.min_s, exercise.max_s,
                        exercise.max_pause_s);
  }
  if (exercise.kind == Kind::kCadence)
    text += fmt::format("cadence_rpm: [{:.4g}, {:.4g}]\n", exercise.min_rpm, exercise.max_rpm);
  if (exercise.kind != Kind::kRepetitions) text += fmt::format("min_hold_s: {:.1f}\n", exercise.min_hold_s);
  if (exercise.plane != exercise::Plane::kAny)
    text += fmt::format("plane: {}\n", exercise.plane == exercise::Plane::kFrontal ? "frontal" : "sagittal");
  if (exercise.load_path) text += fmt::format("load_path: {}\n", exercise::Name(*exercise.load_path));
  if (exercise.prior != 1) text += fmt::format("prior: {:.2g}\n", exercise.prior);
  return text + Catalogue(exercise) + WriteFormRules(exercise.form);
}

}  // namespace spotter::config
