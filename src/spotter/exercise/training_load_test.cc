// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/training_load.h"

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

TEST(TrainingLoadTest, VolumeIsRepetitionsTimesWeight) {
  const std::vector<LoadedSet> sets = {{"squat", 5, 100}, {"squat", 3, 110}, {"plank", 0, 20}};
  EXPECT_DOUBLE_EQ(Volume_kg(sets), 830);
  EXPECT_DOUBLE_EQ(Volume_kg({}), 0);
}

TEST(TrainingLoadTest, OneRepMaxFollowsThePublishedFormulas) {
  EXPECT_DOUBLE_EQ(*EpleyOneRepMax_kg({"squat", 6, 100}), 120);
  EXPECT_DOUBLE_EQ(*BrzyckiOneRepMax_kg({"squat", 7, 100}), 120);
  EXPECT_DOUBLE_EQ(*EpleyOneRepMax_kg({"squat", 1, 100}), 100);
  EXPECT_DOUBLE_EQ(*BrzyckiOneRepMax_kg({"squat", 1, 100}), 100);
}

TEST(TrainingLoadTest, NoOneRepMaxWhereTheFormulasDoNotHold) {
  EXPECT_FALSE(EpleyOneRepMax_kg({"squat", 13, 100}).has_value());
  EXPECT_FALSE(BrzyckiOneRepMax_kg({"squat", 0, 100}).has_value());
  EXPECT_FALSE(EpleyOneRepMax_kg({"push_up", 5, 0}).has_value());
}

TEST(TrainingLoadTest, RecordsAreOfOneExercise) {
  const std::vector<LoadedSet> sets = {{"squat", 5, 100}, {"squat", 12, 60}, {"bench_press", 1, 200}};
  const Records records = FindRecords(sets, "squat");
  EXPECT_DOUBLE_EQ(records.heaviest_kg, 100);
  EXPECT_EQ(records.most_reps, 12);
  EXPECT_DOUBLE_EQ(records.set_volume_kg, 720);
  EXPECT_NEAR(records.one_rep_max_kg, 116.7, 0.1);
}

TEST(TrainingLoadTest, ANewSetTellsWhatItBeats) {
  const Records before = FindRecords(std::vector<LoadedSet>{{"squat", 5, 100}}, "squat");
  EXPECT_EQ(BeatenRecords(before, {"squat", 5, 100}), std::vector<RecordKind>{});
  EXPECT_EQ(BeatenRecords(before, {"squat", 1, 105}), std::vector<RecordKind>{RecordKind::kHeaviest});
  EXPECT_EQ(BeatenRecords(before, {"squat", 6, 90}),
            (std::vector<RecordKind>{RecordKind::kMostReps, RecordKind::kSetVolume}));
  EXPECT_TRUE(BeatenRecords(Records{}, {"squat", 5, 100}).empty());
}

}  // namespace
}  // namespace spotter::exercise
