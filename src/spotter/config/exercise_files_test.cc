// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/exercise_files.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"

namespace spotter::config {
namespace {

using ::testing::HasSubstr;

class ExerciseFilesTest : public ::testing::Test {
 protected:
  void SetUp() override { Write("squat"); }

  // One exercise, with that much to go wrong about its range.
  void Write(const std::string& id, int full_rom = 70) const {
    std::ofstream(folder_ / (id + ".yaml"))
        << "id: " << id << "\nfamily: " << id << "\ntitle: T\nmain_angle: knee\n"
        << "signals:\n  - {feature: knee, turn: low, min_rom: 30, full_rom: " << full_rom << "}\n";
  }

  const TempDir folder_;
};

TEST_F(ExerciseFilesTest, WhatStaysIsNotLoadedAgain) {
  ExerciseFiles files(folder_.path());
  EXPECT_FALSE(files.Look());
  EXPECT_FALSE(files.Look());
}

TEST_F(ExerciseFilesTest, AChangeIsLoadedOnceItHasSettled) {
  ExerciseFiles files(folder_.path());
  Write("lunge");
  EXPECT_FALSE(files.Look()) << "somebody may still be writing";
  Write("deadlift");
  EXPECT_FALSE(files.Look());
  const auto loaded = files.Look();
  ASSERT_TRUE(loaded);
  ASSERT_TRUE(loaded->ok()) << loaded->error().message;
  EXPECT_EQ((*loaded)->exercises().size(), 3U);
  EXPECT_FALSE(files.Look()) << "once";
}

TEST_F(ExerciseFilesTest, ARemovedFileIsAChange) {
  Write("lunge");
  ExerciseFiles files(folder_.path());
  std::filesystem::remove(folder_ / "lunge.yaml");
  EXPECT_FALSE(files.Look());
  const auto loaded = files.Look();
  ASSERT_TRUE(loaded && loaded->ok());
  EXPECT_EQ((*loaded)->exercises().size(), 1U);
}

TEST_F(ExerciseFilesTest, AWrongFileIsToldOnceWithItsLine) {
  ExerciseFiles files(folder_.path());
  Write("squat", 7);
  EXPECT_FALSE(files.Look());
  const auto loaded = files.Look();
  ASSERT_TRUE(loaded);
  ASSERT_FALSE(loaded->ok());
  EXPECT_THAT(loaded->error().message, HasSubstr("squat.yaml:6: key 'signals[0].full_rom'"));
  EXPECT_FALSE(files.Look());
}

TEST_F(ExerciseFilesTest, AFolderThatIsGoneIsAnErrorNotACrash) {
  ExerciseFiles files(folder_.path());
  std::filesystem::remove_all(folder_.path());
  EXPECT_FALSE(files.Look());
  const auto loaded = files.Look();
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded->ok());
}

}  // namespace
}  // namespace spotter::config
