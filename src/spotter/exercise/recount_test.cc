// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/recount.h"

#include <cmath>

#include <gtest/gtest.h>

#include "spotter/exercise/joints.h"
#include "spotter/exercise/kinematics.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

constexpr double kBefore_s = 40;
constexpr double kPeriod_s = 2;

// Somebody gets up and sits down once, slowly, then raises the arms sideways four times, seen from the side.
FeatureHistory SitThenRaise() {
  testing::Photographer photographer({.yaw_deg = 90});
  Kinematics kinematics;
  FeatureHistory history;
  for (int i = 0; i < (kBefore_s + 4 * kPeriod_s) * 15; ++i) {
    const double t = i / 15.0;
    const double raised = testing::ThereAndBack(std::fmod(t - kBefore_s, kPeriod_s) / kPeriod_s);
    const double sitting = testing::ThereAndBack((t - 2) / 25);
    const auto posture = t < kBefore_s ? testing::Squatting(sitting) : testing::RaisingSideways(raised);
    history.Push(kinematics.Update(MakeJoints(photographer.Photograph(posture), FromSeconds(t), 16.0F / 9)));
  }
  return history;
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
