// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/exercise_reader.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "spotter/config/exercise_gates.h"
#include "spotter/config/exercise_words.h"
#include "spotter/config/form_rules.h"

namespace spotter::config {
namespace {

using exercise::CountedPart;
using exercise::ExerciseDefinition;
using exercise::FeatureRef;
using exercise::Gate;
using exercise::Kind;
using exercise::Moment;
using exercise::MomentGate;
using exercise::Plane;

// What statistics and workout logs go by, so no free text.
constexpr std::array<std::string_view, 18> kMuscles = {
    "abdominals", "adductors",  "biceps",     "calves",      "chest",   "core",
    "forearms",   "glutes",     "hamstrings", "hip_flexors", "lats",    "lower_back",
    "obliques",   "quadriceps", "shoulders",  "traps",       "triceps", "upper_back"};
constexpr std::array<std::string_view, 15> kEquipment = {
    "barbell", "bench", "bike", "box",         "cable", "dip_bars",       "dumbbells", "kettlebell",
    "machine", "mat",   "rack", "pull_up_bar", "wall",  "rowing_machine", "treadmill"};

YamlMap ExerciseMap(const YamlNode& root) {
  return root.Map({"id",        "variant_of", "told_by",  "recognised",  "family",        "title",      "kind",
                   "signals",   "main_angle", "start",    "turn",        "change",        "travel",     "during",
                   "counted",   "eccentric",  "tempo_s",  "max_pause_s", "cadence_rpm",   "min_hold_s", "prior",
                   "plane",     "load_path",  "rest_s",   "target_reps", "target_hold_s", "target_rpm", "muscles",
                   "equipment", "form",       "evidence", "verified"});
}

FeatureRef ReadLoadPath(const YamlNode& node) {
  return {node.Choice<exercise::Feature>({{"wrists_y", exercise::Feature::kWristsY},
                                          {"hips_y", exercise::Feature::kHipsY},
                                          {"shoulders_y", exercise::Feature::kShouldersY}})};
}

void ReadRest(const YamlNode& node, exercise::RestRange& rest) {
  const std::vector<YamlNode> ends = node.Items(2);
  if (ends.size() != 2) return;
  rest.least = FromSeconds(ends[0].Number(0, 3600));
  rest.most = FromSeconds(ends[1].Number(0, 3600));
  if (rest.least > rest.most) node.Fail("has its shortest rest above its longest");
}

void ReadCadence(const YamlNode& node, ExerciseDefinition& exercise) {
  const std::vector<YamlNode> ends = node.Items(2);
  if (ends.size() != 2) return;
  exercise.min_rpm = ends[0].Number(5, 400);
  exercise.max_rpm = ends[1].Number(5, 400);
  if (exercise.min_rpm >= exercise.max_rpm) node.Fail("has its slowest cadence above its fastest");
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
  if (const YamlNode cadence = map.Optional("cadence_rpm")) ReadCadence(cadence, exercise);
  if (const YamlNode rest = map.Optional("rest_s")) ReadRest(rest, exercise.rest);
  if (const YamlNode hold = map.Optional("min_hold_s")) exercise.min_hold_s = hold.Number(1, 600);
}

void ReadMovement(const YamlMap& map, ExerciseDefinition& exercise) {
  if (const YamlNode signals = map.Optional("signals")) exercise.signals = ReadSignals(signals, exercise.kind);
  if (const YamlNode angle = map.Optional("main_angle")) {
    exercise.main_angle = ReadFeatureName(angle);
    if (!exercise::IsAngle(exercise.main_angle.feature)) angle.Fail("is no angle");
  }
  for (const auto& [key, gates, on] :
       {std::tuple{"start", &exercise.start, GateOn::kValue}, std::tuple{"turn", &exercise.turn, GateOn::kValue},
        std::tuple{"change", &exercise.change, GateOn::kChange},
        std::tuple{"travel", &exercise.travel, GateOn::kTravel},
        std::tuple{"during", &exercise.during, GateOn::kValue}}) {
    if (const YamlNode node = map.Optional(key)) *gates = ReadGates(node, on);
  }
  if (const YamlNode counted = map.Optional("counted"))
    exercise.counted = counted.Choice<CountedPart>({{"cycle", CountedPart::kCycle}, {"return", CountedPart::kReturn}});
  if (const YamlNode eccentric = map.Optional("eccentric"))
    exercise.eccentric_first = eccentric.Choice<bool>({{"first", true}, {"last", false}});
  if (const YamlNode prior = map.Optional("prior")) exercise.prior = prior.Number(0.1, 10);
  if (const YamlNode plane = map.Optional("plane"))
    exercise.plane = plane.Choice<Plane>({{"sagittal", Plane::kSagittal}, {"frontal", Plane::kFrontal}});
  if (const YamlNode path = map.Optional("load_path")) exercise.load_path = ReadLoadPath(path);
}

GateOn GateOnMoment(Moment moment) {
  if (moment == Moment::kChange) return GateOn::kChange;
  return moment == Moment::kTravel ? GateOn::kTravel : GateOn::kValue;
}

std::vector<MomentGate> ReadToldBy(const YamlNode& node) {
  std::vector<std::string_view> keys;
  for (const auto& [key, moment] : kMomentWords) keys.push_back(key);
  const YamlMap map = node.Map(std::move(keys));
  std::vector<MomentGate> told_by;
  for (const auto& [key, moment] : kMomentWords) {
    for (const Gate& gate : ReadGates(map.Optional(key), GateOnMoment(moment))) told_by.push_back({moment, gate});
  }
  if (told_by.empty()) node.Fail("names nothing that tells it");
  return told_by;
}

// By what it is told from other exercises.
void ReadRecognition(const YamlMap& map, const ExerciseDefinition* parent, ExerciseDefinition& exercise) {
  const YamlNode recognised = map.Optional("recognised");
  exercise.only_pinned = recognised && recognised.Choice<bool>({{"by_itself", false}, {"pinned", true}});
  exercise.variant_of = parent != nullptr ? parent->id : "";
  exercise.told_by.clear();
  const YamlNode told_by = map.Optional("told_by");
  if (told_by) exercise.told_by = ReadToldBy(told_by);
  if (told_by && parent == nullptr)
    told_by.Fail("is for variants: give variant_of, or gates in start, turn and change");
  if (told_by && exercise.only_pinned) told_by.Fail("contradicts `recognised: pinned`");
  if (parent != nullptr && !told_by && !exercise.only_pinned)
    map.Required("variant_of").Fail("needs told_by: what tells it from " + parent->id + ", or `recognised: pinned`");
}

// Words of a list, each once; of `known` only, where that is not empty.
std::vector<std::string> ReadWords(const YamlNode& node, std::span<const std::string_view> known) {
  std::vector<std::string> words;
  for (const YamlNode& item : node.Items()) {
    std::string word = item.Text();
    if (!known.empty() && std::ranges::find(known, word) == known.end())
      item.Fail("is not one of the words that configs/exercises/README.md lists");
    if (std::ranges::find(words, word) != words.end()) item.Fail("is given twice");
    words.push_back(std::move(word));
  }
  return words;
}

void ReadTarget(const YamlNode& node, int most, ExerciseDefinition& exercise) {
  const std::vector<YamlNode> ends = node.Items(2);
  if (ends.size() != 2) return;
  exercise.target =
      SetTarget{static_cast<double>(ends[0].Integer(1, most)), static_cast<double>(ends[1].Integer(1, most))};
  if (exercise.target->least > exercise.target->most) node.Fail("has its least above its most");
}

void ReadTargets(const YamlMap& map, ExerciseDefinition& exercise) {
  if (const YamlNode reps = map.Optional("target_reps")) {
    if (exercise.kind != Kind::kRepetitions) reps.Fail("belongs to exercises with repetitions");
    ReadTarget(reps, 1000, exercise);
  }
  if (const YamlNode hold = map.Optional("target_hold_s")) {
    if (exercise.kind != Kind::kHold) hold.Fail("belongs to holds");
    ReadTarget(hold, 3600, exercise);
  }
  if (const YamlNode rpm = map.Optional("target_rpm")) {
    if (exercise.kind != Kind::kCadence) rpm.Fail("belongs to cadence");
    ReadTarget(rpm, 400, exercise);
  }
}

// What people want to know about the exercise.
void ReadCatalogue(const YamlMap& map, ExerciseDefinition& exercise) {
  ReadTargets(map, exercise);
  if (const YamlNode muscles = map.Optional("muscles")) exercise.muscles = ReadWords(muscles, kMuscles);
  if (const YamlNode equipment = map.Optional("equipment")) exercise.equipment = ReadWords(equipment, kEquipment);
  exercise.evidence.clear();
  if (const YamlNode evidence = map.Optional("evidence")) exercise.evidence = ReadWords(evidence, {});
  const YamlNode verified = map.Optional("verified");
  if (verified && verified.Flag() != exercise.verified())
    verified.Fail(exercise.verified() ? "must be true: there is evidence" : "cannot be true without evidence");
}

// Keys that mean nothing for the kind are mistakes.
void CheckKind(const YamlMap& map, const ExerciseDefinition& exercise) {
  const auto refuse = [&](std::initializer_list<std::string_view> keys, const char* reason) {
    for (const std::string_view key : keys) {
      if (const YamlNode node = map.Optional(key)) node.Fail(reason);
    }
  };
  const auto require = [&](std::string_view key, bool is_given) {
    if (!is_given) map.Required(key).Fail("must not be empty");
  };
  if (exercise.kind == Kind::kRepetitions) {
    refuse({"min_hold_s"}, "belongs to holds and cadence");
    refuse({"cadence_rpm"}, "belongs to cadence");
    require("signals", !exercise.signals.empty());
  } else if (exercise.kind == Kind::kHold) {
    refuse({"signals", "cadence_rpm", "start", "turn", "change", "counted", "eccentric", "tempo_s", "max_pause_s"},
           "means nothing for a hold, which has no repetitions");
    require("during", !exercise.during.empty());
  } else {
    refuse({"start", "turn", "change", "counted", "eccentric", "tempo_s", "max_pause_s", "form"},
           "means nothing for cadence, which has no repetitions");
    require("signals", !exercise.signals.empty());
    map.Required("cadence_rpm");
  }
}

}  // namespace

ExerciseHead ReadExerciseHead(const YamlNode& root) {
  const YamlMap map = ExerciseMap(root);
  const YamlNode id = map.Required("id");
  ExerciseHead head{.id = id.Text(), .id_at = id.Where()};
  if (head.id == kUnknownExercise) id.Fail("is what movements without a name are called");
  if (const YamlNode parent = map.Optional("variant_of")) {
    head.variant_of = parent.Text();
    head.variant_of_at = parent.Where();
    if (const YamlNode family = map.Optional("family"))
      family.Fail("is that of the exercise in variant_of: leave it out");
    return head;
  }
  const YamlNode family = map.Required("family");
  head.family = family.Text();
  head.family_at = family.Where();
  return head;
}

ExerciseDefinition ReadExercise(const YamlNode& root, const ExerciseDefinition* parent) {
  const YamlMap map = ExerciseMap(root);
  ExerciseDefinition exercise = parent != nullptr ? *parent : ExerciseDefinition{};
  exercise.id = map.Required("id").Text();
  exercise.title = map.Required("title").Text();
  if (parent == nullptr) exercise.family = map.Required("family").Text();
  if (const YamlNode kind = map.Optional("kind")) exercise.kind = kind.Choice<Kind>(kKindWords);
  ReadRecognition(map, parent, exercise);
  ReadMovement(map, exercise);
  ReadTimes(map, exercise);
  ReadCatalogue(map, exercise);
  if (const YamlNode form = map.Optional("form")) exercise.form = ReadFormRules(form, exercise.kind);
  CheckKind(map, exercise);
  for (const std::string_view key : {"signals", "turn", "start", "change"}) {
    const YamlNode node = map.Optional(key);
    if (!node || exercise.kind != Kind::kRepetitions) continue;
    CheckPhases(exercise, node);
    break;
  }
  return exercise;
}

}  // namespace spotter::config
