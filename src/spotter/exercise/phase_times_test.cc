// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/phase_times.h"

#include <gtest/gtest.h>

#include "spotter/exercise/joints.h"
#include "spotter/exercise/kinematics.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::Camera;
using testing::Curling;
using testing::Photographer;
using testing::ThereAndBack;

constexpr double kRep_s = 2;
constexpr double kPeriod_s = 3;  // a second of rest after each

// Four curls from 1 s on, 20 pictures a second.
FeatureHistory FilmCurls(const Camera& camera) {
  Photographer photographer(camera);
  Kinematics kinematics;
  FeatureHistory history;
  for (int i = 0; i <= 14 * 20; ++i) {
    const double t = i / 20.0;
    const double within_s = t < 1 ? 0 : std::fmod(t - 1, kPeriod_s);
    const PerceivedPerson person = photographer.Photograph(Curling(ThereAndBack(within_s / kRep_s)));
    history.Push(kinematics.Update(MakeJoints(person, FromSeconds(t), 16.0F / 9)));
  }
  return history;
}

std::vector<Rep> RefinedReps(const Camera& camera) {
  const FeatureHistory history = FilmCurls(camera);
  ExerciseDefinition curl{.id = "curl", .family = "curl", .min_s = 0.7, .max_s = 10};
  curl.main_angle = {Feature::kElbow};
  curl.load_path = {Feature::kWristsY};
  curl.plane = Plane::kSagittal;
  const Signal elbow{.feature = curl.main_angle, .turn_is_high = false};
  const Series series = MakeSeries(history, elbow, {0, history.frames().size() - 1});
  std::vector<Attempt> attempts = FindAttempts(history, curl, series, CycleDetector(0.3F));
  RefineTimes(history, curl, attempts);
  std::vector<Rep> reps;
  reps.reserve(attempts.size());
  for (const Attempt& attempt : attempts) reps.push_back(attempt.rep);
  return reps;
}

void ExpectTimes(const std::vector<Rep>& reps, double within_s) {
  ASSERT_EQ(reps.size(), 4U);
  for (std::size_t i = 0; i < reps.size(); ++i) {
    const double start_s = 1 + kPeriod_s * static_cast<double>(i);
    EXPECT_NEAR(ToSeconds(reps[i].start), start_s, within_s) << i;
    EXPECT_NEAR(ToSeconds(reps[i].turn), start_s + kRep_s / 2, within_s) << i;
    EXPECT_NEAR(ToSeconds(reps[i].end), start_s + kRep_s, within_s) << i;
  }
}

TEST(PhaseTimesTest, FromTheSideTheAngleShowsWhenACurlBeginsAndEnds) { ExpectTimes(RefinedReps({.yaw_deg = 0}), 0.1); }

// The forearms point at the camera: the elbow's angle in the picture stays as it is and then jumps.
TEST(PhaseTimesTest, FromTheFrontTheHandsDo) { ExpectTimes(RefinedReps({.yaw_deg = 90}), 0.2); }

}  // namespace
}  // namespace spotter::exercise
