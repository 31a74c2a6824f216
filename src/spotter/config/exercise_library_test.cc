// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/exercise_library.h"

#include <filesystem>
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotter::config {
namespace {

using ::testing::HasSubstr;

constexpr const char* kSquat = R"(id: squat
family: squat
title: Squat
signals:
  - {feature: knee, turn: low, min_rom: 30, full_rom: 70}
main_angle: knee
start: {knee: [145, 180, 25], torso_lean: [0, 40]}
turn: {hip_height: [0, 1.2, 0.3, 0.5]}
eccentric: first
tempo_s: [0.6, 12]
)";

std::string With(const std::string& from, const std::string& to) {
  std::string text = kSquat;
  return text.replace(text.find(from), from.size(), to);
}

TEST(ExerciseLibraryTest, AnglesAreDegreesInTheFileAndRadiansInside) {
  const auto exercise = ParseExercise(kSquat, "squat.yaml");
  ASSERT_TRUE(exercise.ok()) << exercise.error().message;
  EXPECT_NEAR(exercise->signals[0].min_rom, 0.5236, 1e-4);
  EXPECT_FALSE(exercise->signals[0].turn_is_high);
  EXPECT_EQ(exercise->start.size(), 2U);
  EXPECT_NEAR(exercise->turn[0].high, 1.2, 1e-6);
  EXPECT_NEAR(exercise->turn[0].weight, 0.5, 1e-6);
  EXPECT_FALSE(exercise->verified);
}

struct Bad {
  const char* from;
  const char* to;
  const char* expected;
};
class RefusedExercise : public ::testing::TestWithParam<Bad> {};

TEST_P(RefusedExercise, NamesFileLineKeyAndReason) {
  const auto exercise = ParseExercise(With(GetParam().from, GetParam().to), "squat.yaml");
  ASSERT_FALSE(exercise.ok());
  EXPECT_THAT(exercise.error().message, HasSubstr("squat.yaml:"));
  EXPECT_THAT(exercise.error().message, HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(Cases,
                         RefusedExercise,
                         ::testing::Values(Bad{"title: Squat\n", "", "title"},
                                           Bad{"main_angle: knee", "main_angle: tail", "main_angle"},
                                           Bad{"[145, 180, 25]", "[180, 145]", "start.knee"},
                                           Bad{"[145, 180, 25]", "[145]", "start.knee"},
                                           Bad{"full_rom: 70", "full_rom: 7", "full_rom"},
                                           Bad{"turn: low", "turn: down", "turn"},
                                           Bad{"[0.6, 12]", "[12, 0.6]", "tempo_s"},
                                           Bad{"eccentric:", "excentric:", "excentric"},
                                           Bad{"torso_lean:", "torso_lean.left:", "torso_lean.left"}));

class LibraryFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / "spotter_exercises";
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void Write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  std::filesystem::path folder_;
};

TEST_F(LibraryFolder, AnIdGivenTwiceIsRefused) {
  Write("a.yaml", kSquat);
  Write("b.yaml", kSquat);
  const auto library = LoadExerciseLibrary(folder_);
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().message, HasSubstr("already defined"));
}

TEST_F(LibraryFolder, AFamilyNobodyDefinesIsRefused) {
  Write("a.yaml", With("family: squat", "family: bending"));
  const auto library = LoadExerciseLibrary(folder_);
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().message, HasSubstr("bending"));
}

TEST_F(LibraryFolder, AnEmptyOrMissingFolderIsRefused) {
  EXPECT_FALSE(LoadExerciseLibrary(folder_).ok());
  EXPECT_FALSE(LoadExerciseLibrary(folder_ / "none").ok());
}

TEST(ShippedExercisesTest, AllLoadAndCoverTheMainOnes) {
  const auto library = LoadExerciseLibrary(std::filesystem::path(SPOTTER_SOURCE_DIR) / "configs/exercises");
  ASSERT_TRUE(library.ok()) << library.error().message;
  for (const char* id : {"squat", "lunge", "deadlift", "push_up", "sit_up", "pull_up", "bicep_curl", "overhead_press",
                         "lateral_raise", "jumping_jack", "plank"})
    EXPECT_NE(library->Find(id), nullptr) << id;
}

}  // namespace
}  // namespace spotter::config
