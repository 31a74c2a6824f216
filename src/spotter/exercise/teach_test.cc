// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/teach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/exercise/testing/stick_figure.h"
#include "spotter/exercise/testing/told.h"

namespace spotter::exercise {
namespace {

using testing::Camera;
using testing::Curling;
using ::testing::HasSubstr;
using testing::MakeTestScene;
using testing::Photographer;
using testing::Posture;
using testing::RaisingSideways;
using testing::SmallLibrary;
using testing::Squatting;
using testing::ThereAndBack;

using Movement = std::function<Posture(double)>;  // of the way out, [0, 1]

constexpr int kReps = 5;
constexpr double kRep_s = 2.5;
constexpr double kRest_s = 2;  // before and after

Posture PostureAt(const Movement& movement, double t) {
  const double rep = (t - kRest_s) / kRep_s;
  return movement(rep < 0 || rep >= kReps ? 0 : ThereAndBack(rep - std::floor(rep)));
}

template <typename Take>
void Film(const Movement& movement, const Camera& camera, Take take) {
  Photographer photographer(camera);
  for (int i = 0; i < 15 * (2 * kRest_s + kReps * kRep_s); ++i) {
    const double t = i / 15.0;
    take(FromSeconds(t), photographer.Photograph(PostureAt(movement, t)));
  }
}

Result<Taught> TeachFrom(const Movement& movement,
                         const Camera& camera,
                         int reps,
                         const ExerciseLibrary& library = {}) {
  Demonstration demonstration;
  Film(movement, camera,
       [&](Pts pts, const PerceivedPerson& person) { demonstration.Add(MakeJoints(person, pts, 16.0F / 9.0F)); });
  demonstration.Close();
  return Teach(demonstration.history(), {.id = "taught", .title = "Taught", .reps = reps}, library);
}

// Sets of "taught" and their repetitions that somebody who moves like this gets, with nothing but `definition` known.
int CountTaught(const ExerciseDefinition& definition, const Movement& movement, const Camera& camera) {
  ExerciseAnalyzer analyzer({.library = ExerciseLibrary({definition}), .gym_id = GymId("gym_01")});
  Film(movement, camera, [&](Pts pts, const PerceivedPerson& person) {
    Scene scene = MakeTestScene(pts, {person});
    analyzer.Update(scene);
  });
  int reps = 0;
  for (const SetCompleted& completed : testing::Told<SetCompleted>(analyzer.Finish())) {
    if (completed.set.exercise == "taught") reps += static_cast<int>(completed.set.reps.size());
  }
  return reps;
}

TEST(Teach, WhatIsDemonstratedIsCountedFromOtherSides) {
  const auto taught = TeachFrom(Squatting, {.yaw_deg = 0, .jitter = 0.005}, kReps);
  ASSERT_TRUE(taught.ok()) << taught.error().message;
  EXPECT_EQ(taught->attempts.size(), kReps);
  EXPECT_EQ(CountTaught(taught->definition, Squatting, {.yaw_deg = 0, .mirrored = true}), kReps);
  EXPECT_EQ(CountTaught(taught->definition, Squatting, {.yaw_deg = 45}), kReps);
  EXPECT_EQ(CountTaught(taught->definition, Squatting, {.yaw_deg = 90}), kReps);
}

TEST(Teach, OtherMovementsAreNotCountedAsTheTaughtOne) {
  const auto taught = TeachFrom(Squatting, {.jitter = 0.005}, kReps);
  ASSERT_TRUE(taught.ok()) << taught.error().message;
  EXPECT_EQ(CountTaught(taught->definition, Curling, {}), 0);
  EXPECT_EQ(CountTaught(taught->definition, RaisingSideways, {.yaw_deg = 90}), 0);
}

TEST(Teach, FindsRangeTempoAndWhichWayLifts) {
  const auto curl = TeachFrom(Curling, {.jitter = 0.005}, kReps);
  ASSERT_TRUE(curl.ok()) << curl.error().message;
  EXPECT_EQ(curl->definition.main_angle.feature, Feature::kElbow);
  EXPECT_FALSE(curl->definition.eccentric_first);
  EXPECT_LT(curl->definition.min_s, kRep_s);
  EXPECT_GT(curl->definition.max_s, kRep_s);
  EXPECT_FALSE(curl->definition.verified());
  const auto squat = TeachFrom(Squatting, {}, kReps);
  ASSERT_TRUE(squat.ok());
  EXPECT_TRUE(squat->definition.eccentric_first);
}

TEST(Teach, SaysWhichKnownExerciseIsNearest) {
  const auto curl = TeachFrom(Curling, {.jitter = 0.005}, kReps, SmallLibrary());
  ASSERT_TRUE(curl.ok()) << curl.error().message;
  ASSERT_EQ(curl->rivals.size(), 2U);
  EXPECT_EQ(curl->rivals.front().id, "bicep_curl");
  EXPECT_LT(curl->Separation(), 0.15F);
  const auto raise = TeachFrom(RaisingSideways, {.yaw_deg = 90}, kReps, SmallLibrary());
  ASSERT_TRUE(raise.ok()) << raise.error().message;
  EXPECT_GT(raise->Separation(), 0.15F);
}

TEST(Teach, AWrongNumberIsRefusedAndTheSeenOneNamed) {
  const auto taught = TeachFrom(Curling, {.jitter = 0.005}, kReps + 4);
  ASSERT_FALSE(taught.ok());
  EXPECT_THAT(taught.error().message, HasSubstr("no movement with 9 repetitions"));
  EXPECT_THAT(taught.error().message, HasSubstr("shows 5"));
}

TEST(Teach, StandingStillTeachesNothing) {
  const auto taught = TeachFrom([](double) { return Squatting(0); }, {.jitter = 0.005}, kReps);
  ASSERT_FALSE(taught.ok());
  EXPECT_THAT(taught.error().message, HasSubstr("no movement"));
  const auto nobody = Teach(FeatureHistory(), {.id = "x", .title = "x", .reps = 3}, {});
  EXPECT_FALSE(nobody.ok());
}

}  // namespace
}  // namespace spotter::exercise
