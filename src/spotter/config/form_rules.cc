// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/form_rules.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "spotter/config/exercise_words.h"
#include "spotter/geometry/angles.h"

namespace spotter::config {
namespace {

using exercise::Expectation;
using exercise::FormMeasure;
using exercise::FormRule;
using exercise::FormTest;
using exercise::Moment;
using exercise::Timing;
using exercise::View;

constexpr double kLimit = 1000;  // degrees, torso lengths or seconds

// What the product knows by name: alerts, statistics and coaching rely on these words.
constexpr std::array<std::string_view, 18> kRuleNames = {
    "knee_cave",    "shallow_depth", "forward_lean", "heel_lift", "elbow_flare",          "hip_sag",
    "hip_pike",     "elbow_drift",   "body_swing",   "too_fast",  "incomplete_extension", "overextension",
    "rounded_back", "shrug",         "asymmetry",    "back_arch", "torso_rise",           "head_drop"};

// A hold has neither ends nor phases.
void CheckForHold(const YamlMap& map, const FormMeasure& measure) {
  const bool is_of_rep = measure.timing || measure.moment == Moment::kStart || measure.moment == Moment::kTurn ||
                         measure.moment == Moment::kChange;
  if (is_of_rep) map.Required(measure.timing ? "measure" : "at").Fail("means nothing in a hold");
  if (const YamlNode unless = map.Optional("unless")) unless.Fail("means nothing in a hold");
}

FormMeasure ReadMeasure(const YamlMap& map, exercise::Kind kind) {
  FormMeasure measure;
  const YamlNode name = map.Required("measure");
  const std::string text = name.Text();
  const YamlNode at = map.Optional("at");
  if (text == "duration") {
    measure.timing = Timing::kWhole;
    if (at) measure.timing = at.Choice<Timing>(kTimingWords);
    return measure;
  }
  const std::optional<exercise::FeatureRef> feature = exercise::ParseFeature(text);
  if (feature)
    measure.feature = *feature;
  else
    name.Fail("is neither 'duration' nor a feature of the body; configs/exercises/README.md lists them");
  if (kind == exercise::Kind::kHold) measure.moment = Moment::kThroughout;
  if (at) measure.moment = at.Choice<Moment>(kMomentWords);
  return measure;
}

void ReadExpectation(const YamlNode& node, const YamlMap& map, FormTest& test) {
  int given = 0;
  for (const auto& [key, expectation] : kExpectationWords) {
    const YamlNode limit = map.Optional(key);
    if (!limit) continue;
    ++given;
    test.expectation = expectation;
    if (expectation == Expectation::kShareOfUsual) {
      test.limit = static_cast<float>(limit.Number(0.05, 0.99));
      continue;
    }
    const bool is_signed = expectation == Expectation::kAbove || expectation == Expectation::kBelow;
    const double value = limit.Number(is_signed ? -kLimit : 1e-3, kLimit);
    const bool is_angle = !test.measure.timing && exercise::IsAngle(test.measure.feature.feature);
    test.limit = static_cast<float>(is_angle ? value / kDegreesPerRadian : value);
  }
  if (given != 1)
    node.Fail("needs exactly one of above, below, above_usual, below_usual, off_usual and share_of_usual");
}

FormTest ReadTest(const YamlNode& node, exercise::Kind kind) {
  const YamlMap map = node.Map({"measure", "at", "above", "below", "above_usual", "below_usual", "off_usual",
                                "share_of_usual", "views", "unless"});
  FormTest test{.measure = ReadMeasure(map, kind)};
  if (kind == exercise::Kind::kHold) CheckForHold(map, test.measure);
  ReadExpectation(node, map, test);
  if (const YamlNode views = map.Optional("views")) {
    for (const YamlNode& view : views.Items()) test.views.push_back(view.Choice<View>(kViewWords));
    if (test.views.empty()) views.Fail("names no view; leave it out where every view can tell");
  }
  if (const YamlNode unless = map.Optional("unless")) {
    for (const YamlNode& rule : unless.Items()) test.unless.push_back(rule.Text());
    if (test.unless.empty()) unless.Fail("names no rule; leave it out where no other fault looks the same");
  }
  return test;
}

FormRule ReadRule(const YamlNode& node, exercise::Kind kind) {
  const YamlMap map = node.Map({"rule", "severity", "cue", "praise", "tests"});
  const YamlNode name = map.Required("rule");
  FormRule rule{.name = name.Text()};
  if (std::ranges::find(kRuleNames, rule.name) == kRuleNames.end())
    name.Fail("is no form rule; configs/exercises/README.md lists them");
  if (const YamlNode severity = map.Optional("severity"))
    rule.severity = severity.Choice<Severity>(
        {{"info", Severity::kInfo}, {"warning", Severity::kWarning}, {"critical", Severity::kCritical}});
  rule.cue = map.Required("cue").Text();
  rule.praise = map.Required("praise").Text();
  const YamlNode tests = map.Required("tests");
  for (const YamlNode& test : tests.Items()) rule.tests.push_back(ReadTest(test, kind));
  if (rule.tests.empty()) tests.Fail("needs at least one test");
  return rule;
}

// Whether the exercise has the rule, and a test of it that needs no other rule itself.
bool IsJudgedAlone(const std::vector<FormRule>& rules, const std::string& name) {
  const FormRule* rule = exercise::FindRule(rules, name);
  return rule != nullptr && std::ranges::any_of(rule->tests, [](const FormTest& test) { return test.unless.empty(); });
}

void CheckUnless(const YamlNode& node, const std::vector<FormRule>& rules, const FormRule& rule) {
  for (const FormTest& test : rule.tests) {
    for (const std::string& other : test.unless) {
      if (other == rule.name || !IsJudgedAlone(rules, other))
        node.Fail("says 'unless " + other +
                  "', which has to be another rule of this exercise, with a test without 'unless'");
    }
  }
}

}  // namespace

std::vector<FormRule> ReadFormRules(const YamlNode& node, exercise::Kind kind) {
  std::vector<FormRule> rules;
  const std::vector<YamlNode> items = node.Items();
  for (const YamlNode& item : items) {
    FormRule rule = ReadRule(item, kind);
    if (exercise::FindRule(rules, rule.name) != nullptr) item.Fail("gives the rule '" + rule.name + "' twice");
    rules.push_back(std::move(rule));
  }
  for (std::size_t i = 0; i < rules.size(); ++i) CheckUnless(items[i], rules, rules[i]);
  return rules;
}

}  // namespace spotter::config
