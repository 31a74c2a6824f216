// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <span>

#include <fmt/format.h>

#include "spotter/config/exercise_library.h"
#include "spotter/config/yaml_comment.h"
#include "spotter/geometry/angles.h"

namespace spotter::config {
namespace {

using exercise::ExerciseDefinition;
using exercise::FeatureRef;
using exercise::Gate;
using exercise::Kind;
using exercise::SideUse;
using exercise::Signal;

constexpr double kNoLimit = 999;  // torso lengths or degrees: open on that side

// A value in the file's units, as short as its precision allows.
std::string Number(float value, FeatureRef ref) {
  if (std::isinf(value)) return fmt::format("{}", value > 0 ? kNoLimit : -kNoLimit);
  if (exercise::IsAngle(ref.feature)) return fmt::format("{}", std::lround(value * kDegreesPerRadian));
  return fmt::format("{:.4g}", static_cast<double>(std::lround(value * 100)) / 100);
}

std::string NameOf(FeatureRef ref) {
  const auto name = exercise::Name(ref.feature);
  switch (ref.side) {
    case SideUse::kMean:
      return std::string(name);
    case SideUse::kLeft:
      return fmt::format("{}.left", name);
    case SideUse::kRight:
      return fmt::format("{}.right", name);
    case SideUse::kMin:
      return fmt::format("{}.min", name);
    case SideUse::kMax:
      return fmt::format("{}.max", name);
    case SideUse::kDiff:
      return fmt::format("{}.diff", name);
  }
  return std::string(name);
}

std::string SignalLine(const Signal& signal) {
  const std::string reps = signal.min_reps > 1 ? fmt::format(", min_reps: {}", signal.min_reps) : std::string();
  return fmt::format("  - {{feature: {}, turn: {}, min_rom: {}, full_rom: {}{}}}\n", NameOf(signal.feature),
                     signal.turn_is_high ? "high" : "low", Number(signal.min_rom, signal.feature),
                     Number(signal.full_rom, signal.feature), reps);
}

std::string GateText(const Gate& gate) {
  const std::string weight = gate.weight < 1 ? fmt::format(", {:.2g}", gate.weight) : std::string();
  return fmt::format("{}: [{}, {}, {}{}]", NameOf(gate.feature), Number(gate.low, gate.feature),
                     Number(gate.high, gate.feature), Number(gate.soft, gate.feature), weight);
}

std::string GatesLine(std::string_view key, std::span<const Gate> gates) {
  if (gates.empty()) return {};
  std::string text;
  for (const Gate& gate : gates) text += (text.empty() ? "" : ", ") + GateText(gate);
  return fmt::format("{}: {{{}}}\n", key, text);
}

std::string_view KindName(Kind kind) {
  return kind == Kind::kHold ? "hold" : kind == Kind::kCadence ? "cadence" : "repetitions";
}

}  // namespace

std::string WriteExercise(const ExerciseDefinition& exercise, std::string_view comment) {
  std::string text = Commented(comment);
  text += fmt::format("id: {}\nfamily: {}\ntitle: \"{}\"\n", exercise.id, exercise.family, exercise.title);
  if (exercise.kind != Kind::kRepetitions) text += fmt::format("kind: {}\n", KindName(exercise.kind));
  if (!exercise.signals.empty()) text += "signals:\n";
  for (const Signal& signal : exercise.signals) text += SignalLine(signal);
  text += fmt::format("main_angle: {}\n", NameOf(exercise.main_angle));
  text += GatesLine("start", exercise.start) + GatesLine("turn", exercise.turn);
  text += GatesLine("change", exercise.change) + GatesLine("travel", exercise.travel);
  text += GatesLine("during", exercise.during);
  if (exercise.counted == exercise::CountedPart::kReturn) text += "counted: return\n";
  text += fmt::format("eccentric: {}\n", exercise.eccentric_first ? "first" : "last");
  text += fmt::format("tempo_s: [{:.1f}, {:.1f}]\nmax_pause_s: {:.1f}\n", exercise.min_s, exercise.max_s,
                      exercise.max_pause_s);
  if (exercise.kind == Kind::kHold) text += fmt::format("min_hold_s: {:.1f}\n", exercise.min_hold_s);
  if (exercise.prior != 1) text += fmt::format("prior: {:.2g}\n", exercise.prior);
  text += fmt::format("verified: {}\n", exercise.verified ? "true" : "false");
  return text;
}

}  // namespace spotter::config
