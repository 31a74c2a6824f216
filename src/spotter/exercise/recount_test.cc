// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/recount.h"

#include <cmath>

#include <gtest/gtest.h>

#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

constexpr double kBefore_s = 40;
constexpr double kPeriod_s = 2;

// Somebody gets up and sits down once, slowly, then raises the arms sideways four times, seen from the front.
FeatureHistory SitThenRaise() {
  const auto script = [](double t) {
    const double raised = testing::ThereAndBack(std::fmod(t - kBefore_s, kPeriod_s) / kPeriod_s);
    const double sitting = testing::ThereAndBack((t - 2) / 25);
    return t < kBefore_s ? testing::Squatting(sitting) : testing::RaisingSideways(raised);
  };
  return testing::FilmHistory(script, kBefore_s + 4 * kPeriod_s, {.yaw_deg = 90});
}

class RecountTest : public ::testing::Test {
 protected:
  Recount CountedAsSquat(bool pinned) {
    const Pts end = history_.frames().back().pts;
    return Settle(
        history_, library_,
        {.exercise = squat_, .from = FromSeconds(kBefore_s), .last_end = end, .limit = end, .pinned = pinned});
  }

  const FeatureHistory history_ = SitThenRaise();
  const ExerciseLibrary library_ = testing::SmallLibrary();
  const ExerciseDefinition* squat_ = library_.Find("squat");
};

TEST_F(RecountTest, AMovementWithoutARepetitionOfItsLiveNameIsCountedAsAnother) {
  ASSERT_NE(squat_, nullptr);
  const Recount recount = CountedAsSquat(false);
  EXPECT_EQ(recount.exercise, nullptr);
  EXPECT_EQ(recount.attempts.size(), 4U);
}

TEST_F(RecountTest, APinnedExerciseKeepsItsName) { EXPECT_EQ(CountedAsSquat(true).exercise, squat_); }

}  // namespace
}  // namespace spotter::exercise
