// SPDX-License-Identifier: Apache-2.0
// The form rules of the exercise files that come with the program: a perfect set raises nothing, from any side.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/config/exercise_library.h"
#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/exercise/testing/stick_figure.h"
#include "spotter/exercise/testing/told.h"

namespace spotter::config {
namespace {

using exercise::testing::Camera;
using exercise::testing::Curling;
using exercise::testing::MakeTestScene;
using exercise::testing::Photographer;
using exercise::testing::Posture;
using exercise::testing::RaisingSideways;
using exercise::testing::Squatting;
using exercise::testing::ThereAndBack;
using exercise::testing::Told;

constexpr int kReps = 7;
constexpr double kTempo_s = 2.4;
constexpr double kStill_s = 1.5;  // before and after the set
constexpr double kPicturesASecond = 15;
constexpr double kNetworkError_m = 0.012;  // 2.4 % of a torso, of every joint in every picture

struct Movement {
  std::string exercise;
  Posture (*at)(double share);
};

// A set of repetitions of this depth each, beginning and ending with a stand.
std::vector<Event> Film(const Movement& movement, const std::vector<double>& depths, double yaw_deg, unsigned seed) {
  const auto library = LoadExerciseLibrary(SPOTTER_SOURCE_DIR "/configs/exercises");
  EXPECT_TRUE(library.ok());
  exercise::ExerciseAnalyzer analyzer(
      {.library = *library, .gym_id = GymId("gym_01"), .pinned_exercise = {}, .form = {}});
  Photographer photographer({.yaw_deg = yaw_deg, .jitter = kNetworkError_m}, seed);
  std::vector<Event> events;
  const double end_s = 2 * kStill_s + kTempo_s * static_cast<double>(depths.size());
  for (int i = 0; i < end_s * kPicturesASecond; ++i) {
    const double t = i / kPicturesASecond;
    const double rep = (t - kStill_s) / kTempo_s;
    const auto number = static_cast<std::size_t>(std::max(rep, 0.0));
    const double share = rep < 0 || number >= depths.size() ? 0 : depths[number] * ThereAndBack(rep - std::floor(rep));
    Scene scene = MakeTestScene(FromSeconds(t), {photographer.Photograph(movement.at(share))});
    std::ranges::move(analyzer.Update(scene), std::back_inserter(events));
  }
  std::ranges::move(analyzer.Finish(), std::back_inserter(events));
  return events;
}

// "live knee_cave 3", "settled too_fast 4", "partial 5": all that was said about the repetitions.
std::vector<std::string> Remarks(const std::vector<Event>& events) {
  std::vector<std::string> remarks;
  for (const auto& alert : Told<FormAlert>(events))
    remarks.push_back("live " + alert.fault.name + " " + std::to_string(alert.number));
  for (const auto& partial : Told<RepPartial>(events)) remarks.push_back("partial " + std::to_string(partial.number));
  for (const auto& completed : Told<SetCompleted>(events)) {
    for (std::size_t i = 0; i < completed.set.reps.size(); ++i) {
      for (const FormFault& fault : completed.set.reps[i].faults)
        remarks.push_back("settled " + fault.name + " " + std::to_string(i + 1));
    }
  }
  return remarks;
}

class ShippedFormRulesTest : public ::testing::TestWithParam<Movement> {};

TEST_P(ShippedFormRulesTest, APerfectSetRaisesNothingFromAnySide) {
  for (const double yaw_deg : {90.0, 70.0, 45.0, 20.0, 0.0}) {
    for (const unsigned seed : {1U, 2U}) {
      const std::vector<Event> events = Film(GetParam(), std::vector(kReps, 1.0), yaw_deg, seed);
      ASSERT_FALSE(Told<SetCompleted>(events).empty()) << yaw_deg;
      EXPECT_EQ(Remarks(events), std::vector<std::string>{}) << "yaw " << yaw_deg << " seed " << seed;
    }
  }
}

TEST_P(ShippedFormRulesTest, AHalfRepetitionAmongThemIsTold) {
  std::vector<double> depths(kReps, 1.0);
  depths[4] = 0.5;
  const std::vector<std::string> remarks = Remarks(Film(GetParam(), depths, 45, 1));
  EXPECT_NE(std::ranges::find(remarks, "live shallow_depth 5"), remarks.end());
  EXPECT_NE(std::ranges::find(remarks, "settled shallow_depth 5"), remarks.end());
}

// Half the depth moves knees, hips and elbows half as far, too: no fault of theirs. It may be called hurried.
TEST_P(ShippedFormRulesTest, AHalfRepetitionIsShallowAndNotCrooked) {
  std::vector<double> depths(kReps, 1.0);
  depths[4] = 0.5;
  for (const double yaw_deg : {70.0, 45.0, 20.0, 0.0}) {
    const std::vector<Event> events = Film(GetParam(), depths, yaw_deg, 1);
    EXPECT_EQ(Told<SetCompleted>(events).size(), 1U) << yaw_deg;
    for (const std::string& remark : Remarks(events)) {
      const bool is_told =
          remark == "partial 5" || remark.ends_with(" shallow_depth 5") || remark.ends_with(" too_fast 5");
      EXPECT_TRUE(is_told) << remark << " at yaw " << yaw_deg;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Movements,
                         ShippedFormRulesTest,
                         ::testing::Values(Movement{"squat", Squatting},
                                           Movement{"bicep_curl", Curling},
                                           Movement{"lateral_raise", RaisingSideways}),
                         [](const auto& tested) { return tested.param.exercise; });

}  // namespace
}  // namespace spotter::config
