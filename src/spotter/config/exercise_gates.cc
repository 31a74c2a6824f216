// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/exercise_gates.h"

#include <algorithm>
#include <limits>
#include <numbers>
#include <string>

#include <fmt/format.h>

#include "spotter/geometry/angles.h"

namespace spotter::config {
namespace {

using exercise::ExerciseDefinition;
using exercise::FeatureRef;
using exercise::Gate;
using exercise::Signal;

constexpr double kLimit = 1000;  // degrees or torso lengths; a range to it is open on that side
constexpr double kDefaultSoftDeg = 15;
constexpr double kDefaultSoft = 0.2;  // torso lengths

FeatureRef FeatureNamed(const std::string& text, const YamlNode& node) {
  const std::optional<FeatureRef> ref = exercise::ParseFeature(text);
  if (!ref) node.Fail("is no feature of the body; configs/exercises/README.md lists them");
  return ref.value_or(FeatureRef{});
}

// File units (degrees, torso lengths) -> radians, torso lengths.
float FromFile(double value, FeatureRef ref) {
  return static_cast<float>(exercise::IsAngle(ref.feature) ? value / kDegreesPerRadian : value);
}

// Values that a feature may have, hints left out.
struct Range {
  float low = -std::numeric_limits<float>::infinity();
  float high = std::numeric_limits<float>::infinity();
};

// Interior angles and angles against a direction lie between 0 and half a turn.
Range Possible(FeatureRef ref) {
  if (!exercise::IsAngle(ref.feature) || ref.feature == exercise::Feature::kSway) return {};
  return {.low = 0, .high = std::numbers::pi_v<float>};
}

Range Possible(FeatureRef ref, GateOn on) {
  Range range = Possible(ref);
  if (on == GateOn::kChange) range.low = -range.high;
  if (on == GateOn::kTravel) range.low = 0;
  return range;
}

Gate ReadGate(const std::string& name, const YamlNode& node, GateOn on) {
  Gate gate{.feature = FeatureNamed(name, node)};
  const std::vector<YamlNode> numbers = node.Items();
  if (numbers.size() < 2 || numbers.size() > 4) {
    node.Fail("needs [low, high], [low, high, soft] or [low, high, soft, weight]");
    return gate;
  }
  const double low = numbers[0].Number(-kLimit, kLimit);
  const double high = numbers[1].Number(-kLimit, kLimit);
  if (low > high) node.Fail("has its low end above its high end");
  const double usual = exercise::IsAngle(gate.feature.feature) ? kDefaultSoftDeg : kDefaultSoft;
  gate.low = FromFile(low, gate.feature);
  gate.high = FromFile(high, gate.feature);
  gate.soft = FromFile(numbers.size() > 2 ? numbers[2].Number(0, kLimit) : usual, gate.feature);
  const Range possible = Possible(gate.feature, on);
  if (gate.low > possible.high || gate.high < possible.low) node.Fail("is a range that no body reaches");
  if (numbers.size() > 3) gate.weight = static_cast<float>(numbers[3].Number(0, 1));
  return gate;
}

Signal ReadSignal(const YamlNode& node) {
  const YamlMap map = node.Map({"feature", "turn", "min_rom", "full_rom", "min_reps"});
  Signal signal{.feature = ReadFeatureName(map.Required("feature"))};
  signal.turn_is_high = map.Required("turn").Choice<bool>({{"high", true}, {"low", false}});
  const double least = map.Required("min_rom").Number(1e-3, kLimit);
  const double full = map.Required("full_rom").Number(1e-3, kLimit);
  if (full < least) map.Required("full_rom").Fail("must not be below min_rom");
  if (const YamlNode reps = map.Optional("min_reps")) signal.min_reps = reps.Integer(1, 10);
  signal.min_rom = FromFile(least, signal.feature);
  signal.full_rom = FromFile(full, signal.feature);
  return signal;
}

// What goes round and round has no far end and no full way.
Signal ReadCadenceSignal(const YamlNode& node) {
  const YamlMap map = node.Map({"feature", "min_rom", "turns"});
  Signal signal{.feature = ReadFeatureName(map.Required("feature"))};
  signal.min_rom = FromFile(map.Required("min_rom").Number(1e-3, kLimit), signal.feature);
  signal.full_rom = signal.min_rom;
  if (const YamlNode turns = map.Optional("turns")) signal.turns = turns.Integer(1, 4);
  return signal;
}

Range Allowed(const std::vector<Gate>& gates, FeatureRef feature) {
  Range range = Possible(feature);
  for (const Gate& gate : gates) {
    if (gate.feature != feature || gate.weight < 1) continue;
    range.low = std::max(range.low, gate.low - gate.soft);
    range.high = std::min(range.high, gate.high + gate.soft);
  }
  return range;
}

// The farthest way from the start to the far end that the gates leave.
float FarthestWay(const ExerciseDefinition& exercise, const Signal& signal) {
  const Range start = Allowed(exercise.start, signal.feature);
  const Range turn = Allowed(exercise.turn, signal.feature);
  float farthest = signal.turn_is_high ? turn.high - start.low : start.high - turn.low;
  for (const Gate& gate : exercise.change) {
    if (gate.feature != signal.feature || gate.weight < 1) continue;
    farthest = std::min(farthest, signal.turn_is_high ? gate.high + gate.soft : gate.soft - gate.low);
  }
  return farthest;
}

// Whether the gates on the signal's own feature say that it turns at the other end.
bool GoesTheOtherWay(const ExerciseDefinition& exercise, const Signal& signal) {
  const auto is_below = [&](const Gate& low, const Gate& high) {
    return low.feature == signal.feature && high.feature == signal.feature && low.high < high.low;
  };
  for (const Gate& start : exercise.start) {
    for (const Gate& turn : exercise.turn) {
      if (signal.turn_is_high ? is_below(turn, start) : is_below(start, turn)) return true;
    }
  }
  return std::ranges::any_of(exercise.change, [&](const Gate& change) {
    return change.feature == signal.feature && (signal.turn_is_high ? change.high < 0 : change.low > 0);
  });
}

}  // namespace

FeatureRef ReadFeatureName(const YamlNode& node) { return FeatureNamed(node.Text(), node); }

std::vector<Gate> ReadGates(const YamlNode& node, GateOn on) {
  std::vector<Gate> gates;
  if (!node) return gates;
  for (const auto& [name, value] : node.Entries()) gates.push_back(ReadGate(name, value, on));
  return gates;
}

std::vector<Signal> ReadSignals(const YamlNode& node, exercise::Kind kind) {
  std::vector<Signal> signals;
  for (const YamlNode& item : node.Items())
    signals.push_back(kind == exercise::Kind::kCadence ? ReadCadenceSignal(item) : ReadSignal(item));
  return signals;
}

void CheckPhases(const ExerciseDefinition& exercise, const YamlNode& node) {
  for (const Signal& signal : exercise.signals) {
    const std::string_view feature = exercise::Name(signal.feature.feature);
    const std::string_view end = signal.turn_is_high ? "high" : "low";
    if (FarthestWay(exercise, signal) < signal.min_rom) {
      node.Fail(
          fmt::format("contradicts start, turn or change: they leave '{}' no way of min_rom to turn {}", feature, end));
    } else if (GoesTheOtherWay(exercise, signal)) {
      node.Fail(fmt::format("contradicts start, turn or change: by them '{}' does not turn {}", feature, end));
    }
  }
}

}  // namespace spotter::config
