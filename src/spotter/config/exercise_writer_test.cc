// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/config/exercise_library.h"

namespace spotter::config {
namespace {

using exercise::ExerciseDefinition;
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

TEST(ExerciseWriter, EveryExerciseOfOursComesBackAsItWas) {
  const auto library = LoadExerciseLibrary(std::filesystem::path(SPOTTER_SOURCE_DIR) / "configs/exercises");
  ASSERT_TRUE(library.ok()) << library.error().message;
  for (const ExerciseDefinition& exercise : library->exercises()) {
    const auto again = ParseExercise(WriteExercise(exercise, "from a test"), exercise.id + ".yaml");
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(again->family, exercise.family);
    EXPECT_EQ(again->kind, exercise.kind);
    EXPECT_EQ(again->main_angle, exercise.main_angle);
    EXPECT_EQ(again->counted, exercise.counted);
    EXPECT_EQ(again->eccentric_first, exercise.eccentric_first);
    EXPECT_EQ(again->verified, exercise.verified);
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
  }
}

TEST(ExerciseWriter, EveryLineOfTheCommentIsOne) {
  const ExerciseDefinition exercise{.id = "x", .family = "x", .title = "X"};
  EXPECT_THAT(WriteExercise(exercise, "first\nid: other"), ::testing::StartsWith("# first\n# id: other\nid: x\n"));
}

}  // namespace
}  // namespace spotter::config
