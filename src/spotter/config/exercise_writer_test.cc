// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/config/exercise_library.h"

namespace spotter::config {
namespace {

using exercise::ExerciseDefinition;
using exercise::FormRule;
using exercise::Gate;

constexpr float kDegree = 0.0175F;
constexpr float kRounding = 0.6F * kDegree;  // half a degree, or half a hundredth of a torso length

void ExpectSame(const std::vector<Gate>& a, const std::vector<Gate>& b, const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].feature, b[i].feature) << what;
    EXPECT_NEAR(a[i].low, b[i].low, kRounding) << what;
    EXPECT_NEAR(a[i].high, b[i].high, kRounding) << what;
    EXPECT_NEAR(a[i].soft, b[i].soft, kRounding) << what;
    EXPECT_NEAR(a[i].weight, b[i].weight, 0.01) << what;
  }
}

void ExpectSameRules(const std::vector<FormRule>& a, const std::vector<FormRule>& b, const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].name, b[i].name) << what;
    EXPECT_EQ(a[i].severity, b[i].severity) << what;
    EXPECT_EQ(a[i].cue, b[i].cue) << what;
    EXPECT_EQ(a[i].praise, b[i].praise) << what;
    ASSERT_EQ(a[i].tests.size(), b[i].tests.size()) << what;
    for (std::size_t t = 0; t < a[i].tests.size(); ++t) {
      EXPECT_EQ(a[i].tests[t].measure.feature, b[i].tests[t].measure.feature) << what;
      EXPECT_EQ(a[i].tests[t].measure.moment, b[i].tests[t].measure.moment) << what;
      EXPECT_EQ(a[i].tests[t].measure.timing, b[i].tests[t].measure.timing) << what;
      EXPECT_EQ(a[i].tests[t].expectation, b[i].tests[t].expectation) << what;
      EXPECT_NEAR(a[i].tests[t].limit, b[i].tests[t].limit, kRounding) << what;
      EXPECT_EQ(a[i].tests[t].views, b[i].tests[t].views) << what;
      EXPECT_EQ(a[i].tests[t].unless, b[i].tests[t].unless) << what;
    }
  }
}

TEST(ExerciseWriter, EveryExerciseOfOursComesBackAsItWas) {
  const auto library = LoadExerciseLibrary(std::filesystem::path(SPOTTER_SOURCE_DIR) / "configs/exercises");
  ASSERT_TRUE(library.ok()) << library.error().message;
  for (const ExerciseDefinition& exercise : library->exercises()) {
    const auto again = ParseExercise(WriteExercise(exercise, "from a test"), exercise.id + ".yaml", *library);
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(again->family, exercise.family);
    EXPECT_EQ(again->kind, exercise.kind);
    EXPECT_EQ(again->main_angle, exercise.main_angle);
    EXPECT_EQ(again->counted, exercise.counted);
    EXPECT_EQ(again->eccentric_first, exercise.eccentric_first);
    EXPECT_EQ(again->evidence, exercise.evidence);
    EXPECT_EQ(again->muscles, exercise.muscles);
    EXPECT_EQ(again->equipment, exercise.equipment);
    EXPECT_EQ(again->rest.least, exercise.rest.least);
    ASSERT_TRUE(again->target && exercise.target);
    EXPECT_EQ(again->target->most, exercise.target->most);
    EXPECT_NEAR(again->max_s, exercise.max_s, 0.06);
    ASSERT_EQ(again->signals.size(), exercise.signals.size());
    for (std::size_t i = 0; i < exercise.signals.size(); ++i) {
      EXPECT_EQ(again->signals[i].feature, exercise.signals[i].feature);
      EXPECT_EQ(again->signals[i].min_reps, exercise.signals[i].min_reps);
      EXPECT_NEAR(again->signals[i].full_rom, exercise.signals[i].full_rom, kRounding);
    }
    ExpectSame(again->start, exercise.start, exercise.id + " start");
    ExpectSame(again->turn, exercise.turn, exercise.id + " turn");
    ExpectSame(again->change, exercise.change, exercise.id + " change");
    ExpectSame(again->travel, exercise.travel, exercise.id + " travel");
    ExpectSame(again->during, exercise.during, exercise.id + " during");
    EXPECT_EQ(again->variant_of, exercise.variant_of);
    EXPECT_EQ(again->only_pinned, exercise.only_pinned);
    EXPECT_EQ(again->told_by.size(), exercise.told_by.size());
    EXPECT_EQ(again->plane, exercise.plane);
    EXPECT_EQ(again->load_path, exercise.load_path);
    ExpectSameRules(again->form, exercise.form, exercise.id);
  }
}

TEST(ExerciseWriter, EveryLineOfTheCommentIsOne) {
  const ExerciseDefinition exercise{.id = "x", .family = "x", .title = "X"};
  EXPECT_THAT(WriteExercise(exercise, "first\nid: other"), ::testing::StartsWith("# first\n# id: other\nid: x\n"));
}

TEST(ExerciseWriter, QuotationMarksSurvive) {
  ExerciseDefinition exercise{.id = "x", .family = "x", .title = "The \"X\" \\ Y"};
  exercise.signals = {{.min_rom = 1, .full_rom = 1}};
  const auto parsed = ParseExercise(WriteExercise(exercise, ""), "x.yaml");
  ASSERT_TRUE(parsed.ok()) << parsed.error().message;
  EXPECT_EQ(parsed->title, exercise.title);
}

}  // namespace
}  // namespace spotter::config
