// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/exercise_library.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include "spotter/config/form_rules.h"
#include "spotter/config/yaml_reader.h"
#include "spotter/geometry/angles.h"

namespace spotter::config {
namespace {

using exercise::CountedPart;
using exercise::ExerciseDefinition;
using exercise::ExerciseLibrary;
using exercise::FeatureRef;
using exercise::Gate;
using exercise::Kind;
using exercise::Plane;
using exercise::Signal;

constexpr double kLimit = 1000;  // degrees or torso lengths; a range to it is open on that side
constexpr double kDefaultSoftDeg = 15;
constexpr double kDefaultSoft = 0.2;  // torso lengths

FeatureRef ReadFeatureName(const std::string& text, const YamlNode& node) {
  const std::optional<FeatureRef> ref = exercise::ParseFeature(text);
  if (!ref) node.Fail("is no feature of the body; configs/exercises/README.md lists them");
  return ref.value_or(FeatureRef{});
}

// File units (degrees, torso lengths) -> radians, torso lengths.
float FromFile(double value, FeatureRef ref) {
  return static_cast<float>(exercise::IsAngle(ref.feature) ? value / kDegreesPerRadian : value);
}

Gate ReadGate(const std::string& name, const YamlNode& node) {
  Gate gate{.feature = ReadFeatureName(name, node)};
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
  if (numbers.size() > 3) gate.weight = static_cast<float>(numbers[3].Number(0, 1));
  return gate;
}

std::vector<Gate> ReadGates(const YamlNode& node) {
  std::vector<Gate> gates;
  if (!node) return gates;
  for (const auto& [name, value] : node.Entries()) gates.push_back(ReadGate(name, value));
  return gates;
}

Signal ReadSignal(const YamlNode& node) {
  const YamlMap map = node.Map({"feature", "turn", "min_rom", "full_rom", "min_reps"});
  const YamlNode feature = map.Required("feature");
  Signal signal{.feature = ReadFeatureName(feature.Text(), feature)};
  signal.turn_is_high = map.Required("turn").Choice<bool>({{"high", true}, {"low", false}});
  const double least = map.Required("min_rom").Number(1e-3, kLimit);
  const double full = map.Required("full_rom").Number(1e-3, kLimit);
  if (full < least) map.Required("full_rom").Fail("must not be below min_rom");
  if (const YamlNode reps = map.Optional("min_reps")) signal.min_reps = reps.Integer(1, 10);
  signal.min_rom = FromFile(least, signal.feature);
  signal.full_rom = FromFile(full, signal.feature);
  return signal;
}

FeatureRef ReadLoadPath(const YamlNode& node) {
  return {node.Choice<exercise::Feature>({{"wrists_y", exercise::Feature::kWristsY},
                                          {"hips_y", exercise::Feature::kHipsY},
                                          {"shoulders_y", exercise::Feature::kShouldersY}})};
}

void ReadTimes(const YamlMap& map, ExerciseDefinition& exercise) {
  if (const YamlNode tempo = map.Optional("tempo_s")) {
    const std::vector<YamlNode> ends = tempo.Items(2);
    if (ends.size() == 2) {
      exercise.min_s = ends[0].Number(0.1, 60);
      exercise.max_s = ends[1].Number(0.1, 60);
      if (exercise.min_s >= exercise.max_s) tempo.Fail("has its shortest repetition above its longest");
    }
  }
  if (const YamlNode pause = map.Optional("max_pause_s")) exercise.max_pause_s = pause.Number(0, 60);
  if (const YamlNode rest = map.Optional("rest_s")) {
    const std::vector<YamlNode> ends = rest.Items(2);
    if (ends.size() == 2) {
      exercise.rest = {FromSeconds(ends[0].Number(0, 600)), FromSeconds(ends[1].Number(0, 600))};
      if (exercise.rest.least > exercise.rest.most) rest.Fail("has its shortest rest above its longest");
    }
  }
  if (const YamlNode hold = map.Optional("min_hold_s")) exercise.min_hold_s = hold.Number(1, 600);
}

ExerciseDefinition ReadExercise(const YamlNode& root) {
  const YamlMap map =
      root.Map({"id",     "family",   "title",  "kind",    "signals",   "main_angle", "start",       "turn",
                "change", "travel",   "during", "counted", "eccentric", "tempo_s",    "max_pause_s", "min_hold_s",
                "prior",  "verified", "form",   "plane",   "load_path", "rest_s"});
  ExerciseDefinition exercise;
  exercise.id = map.Required("id").Text();
  exercise.family = map.Required("family").Text();
  exercise.title = map.Required("title").Text();
  if (const YamlNode kind = map.Optional("kind"))
    exercise.kind =
        kind.Choice<Kind>({{"repetitions", Kind::kRepetitions}, {"hold", Kind::kHold}, {"cadence", Kind::kCadence}});
  if (const YamlNode signals = map.Optional("signals")) {
    for (const YamlNode& item : signals.Items()) exercise.signals.push_back(ReadSignal(item));
  }
  if (exercise.kind == Kind::kRepetitions && exercise.signals.empty()) root.Fail("needs at least one signal");
  if (const YamlNode angle = map.Optional("main_angle")) exercise.main_angle = ReadFeatureName(angle.Text(), angle);
  exercise.start = ReadGates(map.Optional("start"));
  exercise.turn = ReadGates(map.Optional("turn"));
  exercise.change = ReadGates(map.Optional("change"));
  exercise.travel = ReadGates(map.Optional("travel"));
  exercise.during = ReadGates(map.Optional("during"));
  if (const YamlNode counted = map.Optional("counted"))
    exercise.counted = counted.Choice<CountedPart>({{"cycle", CountedPart::kCycle}, {"return", CountedPart::kReturn}});
  if (const YamlNode eccentric = map.Optional("eccentric"))
    exercise.eccentric_first = eccentric.Choice<bool>({{"first", true}, {"last", false}});
  if (const YamlNode prior = map.Optional("prior")) exercise.prior = prior.Number(0.1, 10);
  if (const YamlNode verified = map.Optional("verified")) exercise.verified = verified.Flag();
  if (const YamlNode form = map.Optional("form")) exercise.form = ReadFormRules(form);
  if (const YamlNode plane = map.Optional("plane"))
    exercise.plane = plane.Choice<Plane>({{"sagittal", Plane::kSagittal}, {"frontal", Plane::kFrontal}});
  if (const YamlNode path = map.Optional("load_path")) exercise.load_path = ReadLoadPath(path);
  ReadTimes(map, exercise);
  return exercise;
}

Result<std::vector<std::filesystem::path>> ListYaml(const std::filesystem::path& folder) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator it(folder, failure), end; !failure && it != end; it.increment(failure)) {
    if (it->path().extension() == ".yaml") files.push_back(it->path());
  }
  if (failure)
    return MakeError(ErrorCode::kNotFound, "cannot read the exercise folder {}: {}.", folder.string(),
                     failure.message());
  if (files.empty())
    return MakeError(ErrorCode::kNotFound, "the exercise folder {} holds no .yaml file.", folder.string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<ExerciseDefinition> ParseExercise(std::string_view text, const std::string& name) {
  const Result<YamlDocument> document = YamlDocument::Parse(text, name);
  if (!document.ok()) return document.error();
  return document->Read<ExerciseDefinition>(ReadExercise);
}

Result<ExerciseLibrary> LoadExerciseLibrary(const std::filesystem::path& folder) {
  const Result<std::vector<std::filesystem::path>> files = ListYaml(folder);
  if (!files.ok()) return files.error();
  std::vector<ExerciseDefinition> exercises;
  std::map<std::string, std::string> file_of;  // id -> file
  for (const std::filesystem::path& file : *files) {
    const Result<YamlDocument> document = YamlDocument::Load(file);
    if (!document.ok()) return document.error();
    Result<ExerciseDefinition> exercise = document->Read<ExerciseDefinition>(ReadExercise);
    if (!exercise.ok()) return exercise.error();
    const auto [other, is_new] = file_of.emplace(exercise->id, file.string());
    if (!is_new)
      return MakeError(ErrorCode::kInvalidArgument, "{}:1: key 'id': '{}' is already defined in {}", file.string(),
                       exercise->id, other->second);
    exercises.push_back(std::move(*exercise));
  }
  for (const ExerciseDefinition& exercise : exercises) {
    if (!file_of.contains(exercise.family))
      return MakeError(ErrorCode::kInvalidArgument, "{}:1: key 'family': no exercise has the id '{}'",
                       file_of[exercise.id], exercise.family);
  }
  return ExerciseLibrary(std::move(exercises));
}

}  // namespace spotter::config
