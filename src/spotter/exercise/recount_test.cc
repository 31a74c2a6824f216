// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/recount.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/exercise/testing/stick_figure.h"
#include "spotter/geometry/angles.h"

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

// The free count knows no exercise and measures another angle.
TEST_F(RecountTest, TheRangeOfMotionIsThatOfTheNamedExercise) {
  ExerciseDefinition raise{.id = "raise", .family = "raise"};
  raise.signals = {{.feature = {Feature::kWristHeight}, .min_rom = 5, .full_rom = 6}};  // nobody moves so far
  raise.main_angle = {Feature::kShoulder};
  raise.counted = CountedPart::kReturn;  // whose times are not measured again
  const ExerciseLibrary library({raise});
  const Pts end = history_.frames().back().pts;
  const Recount recount = Settle(history_, library,
                                 {.exercise = library.Find("raise"),
                                  .from = FromSeconds(kBefore_s),
                                  .last_end = end,
                                  .limit = end,
                                  .pinned = true});
  ASSERT_EQ(recount.attempts.size(), 4U);
  for (const Attempt& attempt : recount.attempts) EXPECT_NEAR(attempt.rep.rom_rad, 80 / kDegreesPerRadian, 0.15);
}

TEST_F(RecountTest, APinnedExerciseKeepsItsName) { EXPECT_EQ(CountedAsSquat(true).exercise, squat_); }

class LiftsTest : public ::testing::Test {
 protected:
  // Curls, as somebody has named them.
  static std::size_t CountCurls(const FeatureHistory& history, bool with_load) {
    ExerciseDefinition curl = *testing::SmallLibrary().Find("bicep_curl");
    curl.signals[0].feature.side = SideUse::kMin;
    if (with_load) curl.load_path = {Feature::kWristsY};
    const ExerciseLibrary library({curl});
    const Pts end = history.frames().back().pts;
    return Settle(history, library,
                  {.exercise = library.Find("bicep_curl"), .last_end = end, .limit = end, .pinned = true})
        .attempts.size();
  }
};

// Seen from the front; while the third one goes up the elbows seem straight for a moment, but the hands stay.
TEST_F(LiftsTest, AnElbowThatIsMisreadOnTheWayMakesNoTwoOfOne) {
  constexpr double kPerCurl_s = 2.5;
  testing::Photographer photographer({.yaw_deg = 90});
  const auto person_at = [&](double t) {
    const double height = testing::ThereAndBack(std::fmod(t, kPerCurl_s) / kPerCurl_s);
    PerceivedPerson person = photographer.Photograph(testing::Curling(t < 4 * kPerCurl_s ? height : 0));
    if (std::abs(t - 6.07) > 0.05) return person;
    const auto at = [&](KeypointId id) -> Keypoint& { return person.pose.keypoints[static_cast<std::size_t>(id)]; };
    for (const SideJoints& side : {kLeftJoints, kRightJoints}) {
      at(side.elbow).x = (at(side.shoulder).x + at(side.wrist).x) / 2;
      at(side.elbow).y = (at(side.shoulder).y + at(side.wrist).y) / 2;
    }
    return person;
  };
  const FeatureHistory history = testing::HistoryOf(person_at, 4 * kPerCurl_s + 3);
  EXPECT_EQ(CountCurls(history, false), 5U);
  EXPECT_EQ(CountCurls(history, true), 4U);
}

// One arm goes up while the other one goes down, so that the hands' mean height hardly changes.
TEST_F(LiftsTest, ArmsByTurnsAreNotOneLift) {
  const auto script = [](double t) {
    const auto height = [t](double late_s) {
      const double phase = (t - 1 - late_s) / kPeriod_s;
      return phase < 0 || phase >= 3 ? 0 : testing::ThereAndBack(phase - std::floor(phase));
    };
    testing::Posture posture = testing::Curling(height(0));
    posture.right_arm = testing::Curling(height(kPeriod_s / 2)).right_arm;
    return posture;
  };
  const FeatureHistory history = testing::FilmHistory(script, 10);
  EXPECT_GE(CountCurls(history, true), 5U);
  EXPECT_EQ(CountCurls(history, true), CountCurls(history, false));
}

// Four squats with the arms going overhead, then something is put down.
TEST(UnlikeEndsTest, RackingIsNoRepetition) {
  const auto script = [](double t) {
    const double depth = testing::ThereAndBack(std::fmod(t, kPeriod_s) / kPeriod_s);
    testing::Posture posture = testing::Squatting(depth);
    if (t < 4 * kPeriod_s) {
      posture.left_arm.upper_forward = posture.left_arm.fore_forward = 20 + 160 * depth;
      posture.right_arm = posture.left_arm;
    } else {
      posture = testing::Squatting(0.55 * depth);
      posture.trunk = 110 * depth;
    }
    return posture;
  };
  const FeatureHistory history = testing::FilmHistory(script, 5 * kPeriod_s + 1, {.yaw_deg = 20});
  const ExerciseLibrary library = testing::SmallLibrary();
  const Pts end = history.frames().back().pts;
  const Recount recount = Settle(history, library, {.exercise = library.Find("squat"), .last_end = end, .limit = end});
  ASSERT_EQ(recount.attempts.size(), 4U);
  EXPECT_NEAR(ToSeconds(recount.attempts.back().rep.end), 4 * kPeriod_s, 0.3);
}

TEST(UnlikeEndsTest, MovementsThatTakeTurnsAreAllCounted) {
  const auto script = [](double t) {
    const double share = testing::ThereAndBack(std::fmod(t, kPeriod_s) / kPeriod_s);
    return static_cast<int>(t / kPeriod_s) % 2 == 0 ? testing::RaisingSideways(share) : testing::Squatting(share);
  };
  const FeatureHistory history = testing::FilmHistory(script, 10 * kPeriod_s, {.yaw_deg = 60});
  const Pts end = history.frames().back().pts;
  const Recount recount =
      Settle(history, ExerciseLibrary(std::vector<ExerciseDefinition>{}), {.last_end = end, .limit = end});
  EXPECT_EQ(recount.attempts.size(), 10U);
}

// Three good squats of a trainer who talks in between.
TEST(IrregularTest, RepetitionsThatMatchTheirExerciseNeedNoRhythm) {
  struct Down {
    double at_s, takes_s, depth;
  };
  const std::vector<Down> downs = {{1, 2, 1}, {4, 2, 1}, {19, 5, 0.8}};
  const auto script = [&](double t) {
    for (const Down& down : downs) {
      if (t >= down.at_s && t < down.at_s + down.takes_s)
        return testing::Squatting(down.depth * testing::ThereAndBack((t - down.at_s) / down.takes_s));
    }
    return testing::Squatting(0);
  };
  const FeatureHistory history = testing::FilmHistory(script, 26, {.yaw_deg = 20});
  const ExerciseLibrary library = testing::SmallLibrary();
  const Pts end = history.frames().back().pts;
  const Recount recount =
      Settle(history, library, {.exercise = library.Find("squat"), .last_end = FromSeconds(24), .limit = end});
  ASSERT_EQ(recount.attempts.size(), downs.size());
}

// Arms go up with a bend of the elbows on the way, rest there, and come down the same way: elbows alone see two cycles.
testing::Posture RaisingWithABend(double t) {
  constexpr double kMove_s = 1;
  const double phase = std::fmod(t, 4 * kMove_s);
  const double up = std::clamp(std::min(phase, 3 * kMove_s - phase), 0.0, kMove_s) / kMove_s;
  const testing::ArmPose arm{.upper_forward = 50 * up, .fore_forward = 50 * up + 140 * testing::ThereAndBack(up)};
  return {.left_arm = arm, .right_arm = arm};
}

TEST(HalvesTest, WhatTheExerciseSeesAsOneRepetitionIsNotHalved) {
  ExerciseDefinition raise{.id = "raise", .family = "raise"};
  raise.signals = {{.feature = {Feature::kUpperArm}, .min_rom = 0.5F, .full_rom = 0.8F}};
  raise.main_angle = {Feature::kUpperArm};
  const ExerciseLibrary library({raise});
  const FeatureHistory history = testing::FilmHistory(RaisingWithABend, 24);
  const Pts end = history.frames().back().pts;
  const Recount recount = Settle(history, library, {.exercise = library.Find("raise"), .last_end = end, .limit = end});
  EXPECT_EQ(recount.attempts.size(), 6U);
}

// Hands that go up to the shoulders slowly, down and up four times, and down slowly: three curls begin with hanging
// arms, four movements with raised ones.
TEST(ReversedTest, TheExerciseTellsAtWhichEndItsRepetitionsBegin) {
  constexpr double kSlow_s = 25;
  constexpr double kMoves_s = 4 * kPeriod_s;
  const auto script = [](double t) {
    const double moving = t - kBefore_s - kSlow_s;
    if (moving >= 0 && moving < kMoves_s)
      return testing::Curling(1 - testing::ThereAndBack(std::fmod(moving, kPeriod_s) / kPeriod_s));
    const double raised = moving < 0 ? 1 + moving / kSlow_s : 1 - (moving - kMoves_s) / kSlow_s;
    return testing::Curling(std::max(raised, 0.0));
  };
  const FeatureHistory history = testing::FilmHistory(script, kBefore_s + 2 * kSlow_s + kMoves_s + 5, {.yaw_deg = 20});
  const ExerciseLibrary library = testing::SmallLibrary();
  const Pts end = FromSeconds(kBefore_s + kSlow_s + kMoves_s);
  const Recount recount = Settle(history, library,
                                 {.exercise = library.Find("bicep_curl"),
                                  .from = FromSeconds(kBefore_s + kSlow_s - 2),
                                  .last_end = end,
                                  .limit = end + FromSeconds(2)});
  EXPECT_EQ(recount.attempts.size(), 3U);
}

// Arms that go up towards the camera show a small angle, and hands that rise as high as in the other repetitions.
TEST(PartialTest, WhoLiftsTheLoadAllTheWayHasDoneNoHalfRepetition) {
  constexpr int kReps = 5;
  constexpr int kTowardsCamera = 2;
  const auto script = [](double t) {
    const double up = t < kReps * kPeriod_s ? testing::ThereAndBack(std::fmod(t, kPeriod_s) / kPeriod_s) : 0;
    testing::Posture posture = testing::RaisingSideways(up);
    if (static_cast<int>(t / kPeriod_s) == kTowardsCamera) {
      const testing::ArmPose arm{.upper_forward = 82 * up, .upper_out = 7, .fore_forward = 82 * up, .fore_out = 7};
      posture.left_arm = posture.right_arm = arm;
    }
    return posture;
  };
  ExerciseDefinition raise{.id = "raise", .family = "raise"};
  raise.signals = {{.feature = {Feature::kWristHeight}, .min_rom = 0.3F, .full_rom = 0.6F}};
  raise.main_angle = {Feature::kShoulder};
  raise.load_path = {Feature::kWristsY};
  const ExerciseLibrary library({raise});
  const FeatureHistory history = testing::FilmHistory(script, kReps * kPeriod_s + 1, {.yaw_deg = 90});
  const Pts end = history.frames().back().pts;
  const Recount recount = Settle(history, library, {.exercise = library.Find("raise"), .last_end = end, .limit = end});
  ASSERT_EQ(recount.attempts.size(), std::size_t{kReps});
  const Rep& shown_small = recount.attempts[kTowardsCamera].rep;
  EXPECT_LT(shown_small.rom_rad, 0.55 * recount.attempts[0].rep.rom_rad);
  EXPECT_FALSE(shown_small.partial);
}

}  // namespace
}  // namespace spotter::exercise
