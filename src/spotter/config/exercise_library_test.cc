// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/exercise_library.h"

#include <filesystem>
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/config/testing/bad_edit.h"

namespace spotter::config {
namespace {

using testing::BadEdit;
using ::testing::ElementsAre;
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
target_reps: [5, 12]
muscles: [quadriceps, glutes]
equipment: [barbell]
evidence: [squat_side]
)";

std::string With(const std::string& from, const std::string& to) { return testing::Edited(kSquat, from, to); }

TEST(ExerciseLibraryTest, AnglesAreDegreesInTheFileAndRadiansInside) {
  const auto exercise = ParseExercise(kSquat, "squat.yaml");
  ASSERT_TRUE(exercise.ok()) << exercise.error().message;
  EXPECT_NEAR(exercise->signals[0].min_rom, 0.5236, 1e-4);
  EXPECT_FALSE(exercise->signals[0].turn_is_high);
  EXPECT_EQ(exercise->start.size(), 2U);
  EXPECT_NEAR(exercise->turn[0].high, 1.2, 1e-6);
  EXPECT_NEAR(exercise->turn[0].weight, 0.5, 1e-6);
}

TEST(ExerciseLibraryTest, ReadsWhatPeopleWantToKnow) {
  const auto exercise = ParseExercise(kSquat, "squat.yaml");
  ASSERT_TRUE(exercise.ok()) << exercise.error().message;
  ASSERT_TRUE(exercise->target);
  EXPECT_EQ(exercise->target->least, 5);
  EXPECT_EQ(exercise->target->most, 12);
  EXPECT_THAT(exercise->muscles, ElementsAre("quadriceps", "glutes"));
  EXPECT_THAT(exercise->equipment, ElementsAre("barbell"));
  EXPECT_THAT(exercise->evidence, ElementsAre("squat_side"));
}

TEST(ExerciseLibraryTest, WithoutEvidenceItIsNotVerified) {
  const auto proven = ParseExercise(kSquat, "squat.yaml");
  ASSERT_TRUE(proven.ok()) << proven.error().message;
  EXPECT_TRUE(proven->verified());
  const auto unproven = ParseExercise(With("evidence: [squat_side]", "verified: false"), "squat.yaml");
  ASSERT_TRUE(unproven.ok()) << unproven.error().message;
  EXPECT_FALSE(unproven->verified());
}

class RefusedExercise : public ::testing::TestWithParam<BadEdit> {};

TEST_P(RefusedExercise, NamesFileLineKeyAndReason) {
  const auto exercise = ParseExercise(With(GetParam().from, GetParam().to), "squat.yaml");
  ASSERT_FALSE(exercise.ok());
  EXPECT_THAT(exercise.error().message, HasSubstr("squat.yaml:"));
  EXPECT_THAT(exercise.error().message, HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(
    Cases,
    RefusedExercise,
    ::testing::Values(BadEdit{"title: Squat\n", "", "title"},
                      BadEdit{"main_angle: knee", "main_angle: tail", "main_angle"},
                      BadEdit{"[145, 180, 25]", "[180, 145]", "start.knee"},
                      BadEdit{"[145, 180, 25]", "[145]", "start.knee"},
                      BadEdit{"[145, 180, 25]", "[200, 400]", "key 'start.knee': is a range that no body reaches"},
                      BadEdit{"torso_lean: [0, 40]", "torso_lean: [-40, -1]", "start.torso_lean"},
                      BadEdit{"eccentric:", "change: {knee: [-400, -200]}\neccentric:", "change.knee"},
                      BadEdit{"eccentric:", "travel: {knee: [-20, -10]}\neccentric:", "travel.knee"},
                      BadEdit{"id: squat", "id: unknown", "squat.yaml:1: key 'id'"},
                      BadEdit{"full_rom: 70", "full_rom: 7", "full_rom"},
                      BadEdit{"turn: low", "turn: down", "turn"},
                      BadEdit{"[0.6, 12]", "[12, 0.6]", "tempo_s"},
                      BadEdit{"eccentric:", "excentric:", "excentric"},
                      BadEdit{"torso_lean:", "torso_lean.left:", "torso_lean.left"},
                      BadEdit{"main_angle: knee", "main_angle: hips_y", "main_angle"},
                      BadEdit{"[5, 12]", "[12, 5]", "target_reps"},
                      BadEdit{"[5, 12]", "[5.5, 12]", "target_reps[0]"},
                      BadEdit{"target_reps: [5, 12]", "target_hold_s: [5, 12]", "target_hold_s"},
                      BadEdit{"glutes]", "wings]", "muscles[1]"},
                      BadEdit{"glutes]", "quadriceps]", "is given twice"},
                      BadEdit{"[barbell]", "[spoon]", "equipment[0]"},
                      BadEdit{"evidence: [squat_side]", "verified: true", "without evidence"},
                      BadEdit{"evidence:", "verified: false\nevidence:", "there is evidence"},
                      BadEdit{"tempo_s:", "min_hold_s: 5\ntempo_s:", "min_hold_s"},
                      BadEdit{"family: squat", "kind: hold\nduring: {knee: [0, 9]}\nfamily: squat", "signals"},
                      BadEdit{"tempo_s:", "told_by: {turn: {knee: [0, 9]}}\ntempo_s:", "told_by"}));

// Phases that leave a signal no way to go: nothing would ever be counted by it.
INSTANTIATE_TEST_SUITE_P(
    ContradictoryPhases,
    RefusedExercise,
    ::testing::Values(BadEdit{"start: {knee: [145, 180, 25]", "start: {knee: [10, 20, 5]", "contradicts"},
                      BadEdit{"turn: {hip_height", "turn: {knee: [160, 180, 5], hip_height", "contradicts"},
                      BadEdit{"low, min_rom: 30", "high, min_rom: 65", "contradicts"},
                      BadEdit{"eccentric:", "change: {knee: [10, 90, 5]}\neccentric:", "contradicts"}));

// Phases between which the signal has a way, but the other way round.
INSTANTIATE_TEST_SUITE_P(
    PhasesTheOtherWayRound,
    RefusedExercise,
    ::testing::Values(BadEdit{"low, min_rom: 30, full_rom: 70}\nmain_angle: knee\nstart: {knee: [145, 180, 25], "
                              "torso_lean: [0, 40]}\nturn: {",
                              "high, min_rom: 30, full_rom: 70}\nmain_angle: knee\nstart: {knee: [145, 180, 25]}\n"
                              "turn: {knee: [60, 135, 40], ",
                              "by them 'knee' does not turn high"},
                      BadEdit{"eccentric:", "change: {knee: [5, 90, 60]}\neccentric:", "does not turn low"}));

class LibraryFolder : public ::testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  const TempDir folder_;
};

TEST_F(LibraryFolder, AnIdGivenTwiceIsRefused) {
  Write("a.yaml", kSquat);
  Write("b.yaml", kSquat);
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().message, HasSubstr("already defined"));
}

TEST_F(LibraryFolder, FamiliesOfEachOtherAreRefused) {
  Write("lunge.yaml", With("id: squat", "id: lunge"));
  Write("squat.yaml", With("family: squat", "family: lunge"));
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().message, HasSubstr("lunge.yaml:2: key 'family': is of the family 'squat'"));
}

TEST_F(LibraryFolder, BothEndingsOfYamlAreRead) {
  Write("squat.yml", kSquat);
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_TRUE(library.ok()) << library.error().message;
  EXPECT_NE(library->Find("squat"), nullptr);
}

TEST_F(LibraryFolder, AFamilyNobodyDefinesIsRefused) {
  Write("a.yaml", With("family: squat", "family: bending"));
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().message, HasSubstr("bending"));
}

constexpr const char* kGoblet = R"(id: goblet_squat
variant_of: squat
title: Goblet squat
told_by:
  turn: {wrist_height: [-0.8, -0.1]}
verified: false
)";

TEST_F(LibraryFolder, AVariantIsItsParentWhereTheFileIsSilent) {
  Write("goblet.yaml", kGoblet);
  Write("squat.yaml", kSquat);
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_TRUE(library.ok()) << library.error().message;
  const exercise::ExerciseDefinition* goblet = library->Find("goblet_squat");
  ASSERT_NE(goblet, nullptr);
  EXPECT_EQ(goblet->title, "Goblet squat");
  EXPECT_EQ(goblet->family, "squat");
  EXPECT_EQ(goblet->signals.size(), 1U);
  EXPECT_NEAR(goblet->max_s, 12, 1e-6);
  EXPECT_EQ(goblet->told_by.size(), 1U);
  EXPECT_FALSE(goblet->verified()) << "evidence is not inherited";
}

TEST_F(LibraryFolder, VariantsAreNotSoughtUnlessPinned) {
  Write("goblet.yaml", kGoblet);
  Write("squat.yaml", kSquat);
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_TRUE(library.ok()) << library.error().message;
  const exercise::ExerciseLibrary by_itself = library->Sought("");
  EXPECT_EQ(by_itself.Find("goblet_squat"), nullptr);
  EXPECT_NE(by_itself.Find("squat"), nullptr);
  const exercise::ExerciseLibrary pinned = library->Sought("goblet_squat");
  EXPECT_NE(pinned.Find("goblet_squat"), nullptr);
  EXPECT_EQ(pinned.Find("squat"), nullptr);
}

TEST_F(LibraryFolder, AVariantOfNobodyIsRefused) {
  Write("goblet.yaml", kGoblet);
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().message, HasSubstr("goblet.yaml:2: key 'variant_of': no exercise has the id 'squat'"));
}

TEST_F(LibraryFolder, VariantsOfEachOtherAreRefused) {
  Write("a.yaml", "id: a\nvariant_of: b\ntitle: A\nrecognised: pinned\n");
  Write("b.yaml", "id: b\nvariant_of: a\ntitle: B\nrecognised: pinned\n");
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().message, HasSubstr("b.yaml:2: key 'variant_of'"));
  EXPECT_THAT(library.error().message, HasSubstr("in turn"));
}

TEST_F(LibraryFolder, AVariantThatNothingTellsIsRefused) {
  Write("squat.yaml", kSquat);
  Write("front.yaml", "id: front_squat\nvariant_of: squat\ntitle: Front squat\n");
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().message, HasSubstr("needs told_by"));
}

TEST_F(LibraryFolder, AVariantOfAnotherFamilyIsRefused) {
  Write("squat.yaml", kSquat);
  Write("front.yaml", "id: front_squat\nfamily: squat\nvariant_of: squat\ntitle: Front\nrecognised: pinned\n");
  const auto library = LoadExerciseLibrary(folder_.path());
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().message, HasSubstr("front.yaml:2: key 'family'"));
}

TEST_F(LibraryFolder, AnEmptyOrMissingFolderIsRefused) {
  EXPECT_FALSE(LoadExerciseLibrary(folder_.path()).ok());
  EXPECT_FALSE(LoadExerciseLibrary(folder_ / "none").ok());
}

class ShippedExercises : public ::testing::Test {
 protected:
  const Result<exercise::ExerciseLibrary> library_ =
      LoadExerciseLibrary(std::filesystem::path(SPOTTER_SOURCE_DIR) / "configs/exercises");
};

TEST_F(ShippedExercises, CoverWhatAGymDoes) {
  ASSERT_TRUE(library_.ok()) << library_.error().message;
  for (const char* id : {"squat",
                         "front_squat",
                         "goblet_squat",
                         "lunge",
                         "split_squat",
                         "deadlift",
                         "romanian_deadlift",
                         "hip_thrust",
                         "glute_bridge",
                         "leg_press",
                         "push_up",
                         "bench_press",
                         "dip",
                         "overhead_press",
                         "lateral_raise",
                         "front_raise",
                         "bicep_curl",
                         "hammer_curl",
                         "triceps_extension",
                         "triceps_pushdown",
                         "bent_over_row",
                         "lat_pulldown",
                         "pull_up",
                         "sit_up",
                         "crunch",
                         "leg_raise",
                         "jumping_jack",
                         "burpee",
                         "mountain_climber",
                         "high_knees",
                         "plank",
                         "side_plank",
                         "wall_sit",
                         "rowing_machine",
                         "bike",
                         "treadmill"})
    EXPECT_NE(library_->Find(id), nullptr) << id;
}

TEST_F(ShippedExercises, SayWhatPeopleWantToKnow) {
  ASSERT_TRUE(library_.ok()) << library_.error().message;
  for (const exercise::ExerciseDefinition& exercise : library_->exercises()) {
    EXPECT_TRUE(exercise.target) << exercise.id;
    EXPECT_FALSE(exercise.muscles.empty()) << exercise.id;
    EXPECT_LT(exercise.rest.least, exercise.rest.most) << exercise.id;
    EXPECT_EQ(exercise.form.empty(), exercise.kind == exercise::Kind::kCadence) << exercise.id;
  }
}

}  // namespace
}  // namespace spotter::config
