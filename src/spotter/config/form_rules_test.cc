// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/form_rules.h"

#include <gtest/gtest.h>

#include "spotter/config/exercise_library.h"
#include "spotter/geometry/angles.h"

namespace spotter::config {
namespace {

using exercise::Expectation;
using exercise::Moment;
using exercise::View;

const std::string kSquat =
    "id: squat\nfamily: squat\ntitle: Squat\nmain_angle: knee\n"
    "signals: [{feature: knee, turn: low, min_rom: 30, full_rom: 70}]\n";  // 5 lines

std::string WithTest(const std::string& test) {
  return kSquat + "form:\n  - rule: forward_lean\n    cue: Up.\n    praise: Good.\n    tests:\n      - " + test + "\n";
}

TEST(FormRulesTest, ReadsRulesInTheUnitsOfTheAnalysis) {
  const auto squat = ParseExercise(WithTest("{measure: torso_tilt, at: highest, above_usual: 12, views: [side]}"), "x");
  ASSERT_TRUE(squat.ok()) << squat.error().message;
  ASSERT_EQ(squat->form.size(), 1U);
  const exercise::FormRule& rule = squat->form[0];
  EXPECT_EQ(rule.name, "forward_lean");
  EXPECT_EQ(rule.severity, Severity::kWarning);
  EXPECT_EQ(rule.cue, "Up.");
  ASSERT_EQ(rule.tests.size(), 1U);
  EXPECT_EQ(rule.tests[0].measure.moment, Moment::kHighest);
  EXPECT_EQ(rule.tests[0].expectation, Expectation::kAboveUsual);
  EXPECT_NEAR(rule.tests[0].limit, 12 / kDegreesPerRadian, 1e-6);
  EXPECT_EQ(rule.tests[0].views, std::vector{View::kSide});
}

std::string WithRules(const std::string& tests_of_lean, const std::string& tests_of_cave) {
  const auto rule = [](const std::string& name, const std::string& tests) {
    return "  - {rule: " + name + ", cue: Up., praise: Good., tests: [" + tests + "]}\n";
  };
  return kSquat + "form:\n" + rule("forward_lean", tests_of_lean) + rule("knee_cave", tests_of_cave);
}

TEST(FormRulesTest, ATestKnowsWhatOtherFaultLooksTheSame) {
  const auto squat = ParseExercise(
      WithRules("{measure: torso_tilt, above: 60}", "{measure: knee_cave, above_usual: 0.1, unless: [forward_lean]}"),
      "x");
  ASSERT_TRUE(squat.ok()) << squat.error().message;
  EXPECT_EQ(squat->form[1].tests[0].unless, std::vector<std::string>{"forward_lean"});
  EXPECT_NE(WriteFormRules(squat->form).find("above_usual: 0.1, unless: [forward_lean]}"), std::string::npos);
}

TEST(FormRulesTest, WhatIsOffTheUsualIsWrittenAsItIsRead) {
  const auto squat = ParseExercise(WithTest("{measure: wrist_height.lead, at: turn, off_usual: 0.2}"), "x");
  ASSERT_TRUE(squat.ok()) << squat.error().message;
  EXPECT_EQ(squat->form[0].tests[0].expectation, Expectation::kOffUsual);
  EXPECT_NE(WriteFormRules(squat->form).find("wrist_height.lead, at: turn, off_usual: 0.2"), std::string::npos);
  EXPECT_FALSE(ParseExercise(WithTest("{measure: wrist_height.lead, off_usual: -0.2}"), "x").ok());
}

TEST(FormRulesTest, DurationsAreSeconds) {
  const auto squat = ParseExercise(WithTest("{measure: duration, at: eccentric, below: 0.5}"), "x");
  ASSERT_TRUE(squat.ok());
  EXPECT_EQ(squat->form[0].tests[0].measure.timing, exercise::Timing::kEccentric);
  EXPECT_FLOAT_EQ(squat->form[0].tests[0].limit, 0.5F);
}

struct BadRule {
  std::string text;
  std::string error;  // part of it
};
void PrintTo(const BadRule& bad, std::ostream* out) { *out << bad.error; }

class BadFormRules : public ::testing::TestWithParam<BadRule> {};

TEST_P(BadFormRules, AreRefusedWithFileLineAndKey) {
  const auto squat = ParseExercise(GetParam().text, "squat.yaml");
  ASSERT_FALSE(squat.ok());
  EXPECT_NE(squat.error().message.find(GetParam().error), std::string::npos) << squat.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Files,
    BadFormRules,
    ::testing::Values(
        BadRule{WithTest("{measure: tail, above: 1}"), "squat.yaml:11: key 'form[0].tests[0].measure': is neither"},
        BadRule{WithTest("{measure: knee}"), "squat.yaml:11: key 'form[0].tests[0]': needs exactly one"},
        BadRule{WithTest("{measure: knee, above: 1, below: 2}"), "needs exactly one"},
        BadRule{WithTest("{measure: knee, share_of_usual: 1.5}"), "share_of_usual"},
        BadRule{WithTest("{measure: knee, at: noon, above: 1}"), "key 'form[0].tests[0].at'"},
        BadRule{WithTest("{measure: knee, above: 1, views: []}"), "names no view"},
        BadRule{WithTest("{measure: knee, above: 1, unless: []}"), "names no rule"},
        BadRule{"id: plank\nfamily: plank\ntitle: Plank\nkind: hold\nmain_angle: hip\nduring: {hip: [120, 180, "
                "20]}\nform:\n"
                "  - {rule: hip_sag, cue: Up., praise: Good., tests: [{measure: hip_line, below: 1, unless: "
                "[hip_pike]}]}\n",
                "tests[0].unless': means nothing in a hold"},
        BadRule{WithTest("{measure: knee, above: 1, unless: [hunger]}"), "says 'unless hunger'"},
        BadRule{WithTest("{measure: knee, above: 1, unless: [hip_sag]}"), "squat.yaml:7: key 'form[0]': says 'unless"},
        BadRule{WithTest("{measure: knee, above: 1, unless: [forward_lean]}"), "another rule"},
        BadRule{WithRules("{measure: knee, above: 1, unless: [knee_cave]}",
                          "{measure: knee, above: 1, unless: [forward_lean]}"),
                "with a test without"},
        BadRule{WithTest("{measure: knee, above: 1, view: [side]}"), "views"},
        BadRule{kSquat + "form: [{rule: bad_hair, cue: a, praise: b, tests: [{measure: knee, above: 1}]}]",
                "key 'form[0].rule': is no form rule"},
        BadRule{kSquat + "form: [{rule: too_fast, praise: b, tests: [{measure: knee, above: 1}]}]", "cue"},
        BadRule{kSquat + "form: [{rule: too_fast, cue: a, praise: b, tests: []}]", "needs at least one test"},
        BadRule{kSquat + "load_path: knee", "key 'load_path'"},
        BadRule{kSquat + "plane: diagonal", "key 'plane'"},
        BadRule{kSquat + "rest_s: [90, 30]", "key 'rest_s': has its shortest rest above its longest"}));

TEST(FormRulesTest, ARuleGivenTwiceIsRefused) {
  const std::string rule = "  - {rule: too_fast, cue: a, praise: b, tests: [{measure: duration, below: 1}]}\n";
  EXPECT_FALSE(ParseExercise(kSquat + "form:\n" + rule + rule, "x").ok());
}

}  // namespace
}  // namespace spotter::config
