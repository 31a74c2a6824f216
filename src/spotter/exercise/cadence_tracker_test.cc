// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/cadence_tracker.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include <gtest/gtest.h>

#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/exercise/testing/stick_figure.h"
#include "spotter/exercise/testing/told.h"

namespace spotter::exercise {
namespace {

using testing::Camera;
using testing::MakeTestScene;
using testing::Photographer;
using testing::Posture;

constexpr float kDegree = std::numbers::pi_v<float> / 180;

Gate Between(Feature feature, SideUse side, float low, float high) {
  return {.feature = {feature, side}, .low = low, .high = high, .soft = 0.15F};
}

// In the spirit of configs/exercises.
ExerciseLibrary Machines() {
  ExerciseDefinition treadmill{.id = "treadmill", .family = "treadmill", .title = "Treadmill", .kind = Kind::kCadence};
  treadmill.signals = {{.feature = {Feature::kStride}, .min_rom = 0.5F, .turns = 2},
                       {.feature = {Feature::kFootLead}, .min_rom = 0.25F, .turns = 2}};
  treadmill.during = {Between(Feature::kTorsoTilt, SideUse::kMean, 0, 30 * kDegree),
                      Between(Feature::kHipHeight, SideUse::kMean, 1.2F, 3)};
  treadmill.travel = {Between(Feature::kHipsX, SideUse::kMean, 0, 0.5F),
                      Between(Feature::kHipsY, SideUse::kMean, 0, 0.3F)};
  treadmill.min_hold_s = 8;
  treadmill.min_rpm = 70;
  treadmill.max_rpm = 220;
  ExerciseDefinition rower{
      .id = "rowing_machine", .family = "rowing_machine", .title = "Rower", .kind = Kind::kCadence};
  rower.signals = {{.feature = {Feature::kHipsX}, .min_rom = 0.4F}};
  rower.during = {Between(Feature::kHipHeight, SideUse::kMean, -0.3F, 0.8F)};
  rower.travel = {Between(Feature::kHipsX, SideUse::kMean, 0.35F, 2.5F)};
  rower.min_hold_s = 10;
  rower.min_rpm = 14;
  rower.max_rpm = 45;
  std::vector<ExerciseDefinition> all = testing::SmallLibrary().exercises();
  all.push_back(treadmill);
  all.push_back(rower);
  return ExerciseLibrary(all);
}

// `steps` a minute, on the spot.
std::function<Posture(double)> Treading(double steps) {
  return [=](double t) {
    Posture posture = testing::Walking(t * steps / 60);
    posture.forward_m = 0;
    return posture;
  };
}

// Sitting low with the feet held; the hips slide.
std::function<Posture(double)> Rowing(double strokes) {
  return [=](double t) {
    const double bent = 0.5 + 0.5 * std::cos(2 * std::numbers::pi * t * strokes / 60);
    const testing::LegPose leg{.thigh = 85 + 55 * bent, .shank = 95 - 70 * bent};
    const testing::ArmPose arm{.upper_forward = 10 + 75 * bent, .fore_forward = 75 + 10 * bent};
    const auto ahead = [](double degrees) { return 0.42 * std::sin(degrees * std::numbers::pi / 180); };
    return Posture{.trunk = 20 * (2 * bent - 1),
                   .left_leg = leg,
                   .right_leg = leg,
                   .left_arm = arm,
                   .right_arm = arm,
                   .forward_m = -ahead(leg.thigh) - ahead(leg.shank)};
  };
}

struct Seen {
  std::vector<SetStarted> started;
  std::vector<CadenceProgress> progress;
  std::vector<Set> sets;
  int reps = 0;
  std::optional<double> shown;  // in the scene, last
};

Seen Film(const std::function<Posture(double)>& script, double duration_s, const Camera& camera = {}) {
  ExerciseAnalyzer analyzer({.library = Machines(), .gym_id = GymId("gym_01"), .pinned_exercise = {}, .form = {}});
  Photographer photographer(camera);
  Seen seen;
  std::vector<Event> events;
  for (int i = 0; i < duration_s * 15; ++i) {
    Scene scene = MakeTestScene(FromSeconds(i / 15.0), {photographer.Photograph(script(i / 15.0))});
    std::ranges::move(analyzer.Update(scene), std::back_inserter(events));
    if (scene.people[0].set && scene.people[0].set->cadence_rpm) seen.shown = scene.people[0].set->cadence_rpm;
  }
  std::ranges::move(analyzer.Finish(), std::back_inserter(events));
  seen.started = testing::Told<SetStarted>(events);
  seen.progress = testing::Told<CadenceProgress>(events);
  for (const SetCompleted& completed : testing::Told<SetCompleted>(events)) {
    seen.sets.push_back(completed.set);
    seen.reps += static_cast<int>(completed.set.reps.size());
  }
  return seen;
}

std::vector<Set> Rides(const Seen& seen) {
  std::vector<Set> rides;
  std::ranges::copy_if(seen.sets, std::back_inserter(rides),
                       [](const Set& set) { return set.cadence_rpm.has_value(); });
  return rides;
}

class StepsFromEverySide : public ::testing::TestWithParam<double> {};

TEST_P(StepsFromEverySide, AreCountedAMinuteAndAreNoRepetitions) {
  const Seen seen = Film(Treading(112), 40, {.yaw_deg = GetParam(), .jitter = 0.005});
  const std::vector<Set> rides = Rides(seen);
  ASSERT_EQ(rides.size(), 1U);
  EXPECT_EQ(rides[0].exercise, "treadmill");
  EXPECT_NEAR(*rides[0].cadence_rpm, 112, 2);
  EXPECT_GT(ToSeconds(rides[0].end - rides[0].start), 30);
  EXPECT_EQ(seen.reps, 0);
  ASSERT_GE(seen.progress.size(), 2U);
  EXPECT_NEAR(seen.progress.back().cadence_rpm, 112, 3);
  ASSERT_TRUE(seen.shown);
  EXPECT_NEAR(*seen.shown, 112, 3);
}

INSTANTIATE_TEST_SUITE_P(Sides, StepsFromEverySide, ::testing::Values(0, 30, 45, 150));

TEST(CadenceTrackerTest, StrokesOfARowingMachineAreCounted) {
  const Seen seen = Film(Rowing(26), 45);
  const std::vector<Set> rides = Rides(seen);
  ASSERT_EQ(rides.size(), 1U);
  EXPECT_EQ(rides[0].exercise, "rowing_machine");
  EXPECT_NEAR(*rides[0].cadence_rpm, 26, 1);
  EXPECT_EQ(seen.reps, 0);
}

TEST(CadenceTrackerTest, WhoWalksThroughThePictureRidesNothing) {
  const Seen seen = Film([](double t) { return testing::Walking(1.9 * t - 15); }, 20);
  EXPECT_TRUE(Rides(seen).empty());
}

TEST(CadenceTrackerTest, SquatsStaySquats) {
  const auto squats = [](double t) { return testing::Squatting(testing::ThereAndBack(t / 2.5 - std::floor(t / 2.5))); };
  const Seen seen = Film(squats, 20);
  EXPECT_TRUE(Rides(seen).empty());
  EXPECT_GE(seen.reps, 7);
}

TEST(CadenceTrackerTest, AfterTheRideRepetitionsAreCountedAgain) {
  const auto both = [](double t) {
    if (t < 25) return Treading(112)(t);
    const double phase = (t - 35) / 2.5;
    return testing::Squatting(phase < 0 || phase >= 4 ? 0 : testing::ThereAndBack(phase - std::floor(phase)));
  };
  const Seen seen = Film(both, 50);
  EXPECT_EQ(Rides(seen).size(), 1U);
  EXPECT_EQ(seen.reps, 4);
}

// Raises that nobody has a name for, 12 s, then a ride.
Seen FilmRaisesAndRide(double rest_s) {
  const auto both = [=](double t) {
    if (t < 12) return testing::RaisingSideways(testing::ThereAndBack(t / 2 - std::floor(t / 2)));
    return t < 12 + rest_s ? Posture{} : Treading(112)(t);
  };
  return Film(both, 50);
}

TEST(CadenceTrackerTest, AnUnknownSetSomeTimeBeforeTheRideIsKept) {
  const Seen seen = FilmRaisesAndRide(7);
  ASSERT_EQ(Rides(seen).size(), 1U);
  EXPECT_EQ(seen.reps, 6);
  EXPECT_LE(seen.sets.front().end, Rides(seen).front().start);
}

TEST(CadenceTrackerTest, AnUnknownMovementThatLeadsIntoTheRideIsItsBeginning) {
  const Seen seen = FilmRaisesAndRide(0);
  ASSERT_EQ(Rides(seen).size(), 1U);
  EXPECT_EQ(seen.reps, 0);
  EXPECT_LE(seen.sets.front().end, Rides(seen).front().start);
}

TEST(CadenceTrackerTest, AFewStepsAreNoRide) {
  const Seen seen = Film([](double t) { return t < 6 ? Treading(112)(t) : Posture{}; }, 20);
  EXPECT_TRUE(Rides(seen).empty());
}

}  // namespace
}  // namespace spotter::exercise
