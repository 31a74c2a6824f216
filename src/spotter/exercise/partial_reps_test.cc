// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/partial_reps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/exercise/signal_count.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::SmallLibrary;
using testing::Squatting;
using testing::ThereAndBack;

constexpr double kPeriod_s = 2.5;

class PartialRepsTest : public ::testing::Test {
 protected:
  // Squats of these depths, one after the other, and a rest.
  void Squat(const std::vector<double>& depths) {
    const auto script = [&](double t) {
      const auto i = static_cast<std::size_t>(t / kPeriod_s);
      return Squatting(i < depths.size() ? depths[i] * ThereAndBack(t / kPeriod_s - static_cast<double>(i)) : 0);
    };
    history_ = testing::FilmHistory(script, kPeriod_s * static_cast<double>(depths.size()) + 3);
    attempts_ = CountWithSignals(history_, exercise_, Whole());
  }

  Span Whole() const { return {0, history_.frames().size() - 1}; }

  ExerciseDefinition exercise_ = SmallLibrary().exercises()[0];
  FeatureHistory history_;
  std::vector<Attempt> attempts_;
};

TEST_F(PartialRepsTest, AHalfOneBetweenWholeOnesIsFound) {
  Squat({1, 0.45, 1});
  ASSERT_EQ(attempts_.size(), 2U);
  AddPartialReps(history_, exercise_, Whole(), attempts_);
  ASSERT_EQ(attempts_.size(), 3U);
  EXPECT_TRUE(attempts_[1].rep.partial);
}

// Who does not stand up quite straight after the first one ends it late, in the middle of the half one.
TEST_F(PartialRepsTest, AnEndThatIsToldTooLateHidesNoHalfOne) {
  Squat({1, 0.45, 1});
  ASSERT_EQ(attempts_.size(), 2U);
  attempts_[0].rep.end = FromSeconds(1.7 * kPeriod_s);
  AddPartialReps(history_, exercise_, Whole(), attempts_);
  ASSERT_EQ(attempts_.size(), 3U);
  EXPECT_LE(attempts_[0].rep.end, attempts_[1].rep.turn);
}

TEST_F(PartialRepsTest, TwoWholeOnesMayDifferInDepth) {
  Squat({1, 0.75, 0.4});
  ASSERT_EQ(attempts_.size(), 2U);
  AddPartialReps(history_, exercise_, Whole(), attempts_);
  EXPECT_EQ(attempts_.size(), 3U);
}

// Hidden forearms are guessed elsewhere in every eighth frame of the stand that ends the set.
TEST_F(PartialRepsTest, WhoStandsStillWithGuessedArmsRests) {
  const auto script = [frame = 0](double t) mutable {
    const double depth = t < 2 * kPeriod_s ? 1 : 0.45;
    if (t < 3 * kPeriod_s) return Squatting(depth * ThereAndBack(std::fmod(t, kPeriod_s) / kPeriod_s));
    testing::Posture posture = Squatting(0);
    if (++frame % 8 == 0) posture.left_arm.fore_forward = posture.right_arm.fore_forward = 160;
    return posture;
  };
  history_ = testing::FilmHistory(script, 3 * kPeriod_s + 3);
  attempts_ = CountWithSignals(history_, exercise_, Whole());
  ASSERT_EQ(attempts_.size(), 2U);
  AddPartialReps(history_, exercise_, Whole(), attempts_);
  EXPECT_EQ(attempts_.size(), 3U);
}

TEST_F(PartialRepsTest, WhoBowsAfterwardsHasDoneNoSquat) {
  const auto script = [](double t) {
    if (t < 2 * kPeriod_s) return Squatting(ThereAndBack(std::fmod(t, kPeriod_s) / kPeriod_s));
    testing::Posture posture = Squatting(0);
    posture.trunk = 85 * ThereAndBack((t - 2 * kPeriod_s - 1) / kPeriod_s);
    return posture;
  };
  history_ = testing::FilmHistory(script, 5 * kPeriod_s);
  exercise_.load_path = {Feature::kShouldersY};
  attempts_ = CountWithSignals(history_, exercise_, Whole());
  ASSERT_EQ(attempts_.size(), 2U);
  AddPartialReps(history_, exercise_, Whole(), attempts_);
  EXPECT_EQ(attempts_.size(), 2U);
}

// From the front the elbow bends in the picture only while the hand passes it; the hand's height shows all of the curl.
TEST(PartialCurlTest, AHalfOneSeenFromTheFrontIsFoundByTheHands) {
  constexpr std::array kHeights{1.0, 1.0, 0.45, 1.0};
  const auto script = [&](double t) {
    const auto i = static_cast<std::size_t>(t / kPeriod_s);
    return testing::Curling(i < kHeights.size() ? kHeights[i] * ThereAndBack(t / kPeriod_s - static_cast<double>(i))
                                                : 0);
  };
  const FeatureHistory history = testing::FilmHistory(script, kPeriod_s * kHeights.size() + 3, {.yaw_deg = 90});
  ExerciseDefinition curl = SmallLibrary().exercises()[1];
  curl.load_path = {Feature::kWristsY};
  const Span whole{0, history.frames().size() - 1};
  std::vector<Attempt> attempts = CountWithSignals(history, curl, whole);
  ASSERT_EQ(attempts.size(), 3U);
  AddPartialReps(history, curl, whole, attempts);
  ASSERT_EQ(attempts.size(), 4U);
  EXPECT_TRUE(attempts[2].rep.partial);
}

// Somebody bent over lifts the hands with the arms, the third and last time with the trunk, then stands up.
TEST(CheatedRepTest, WhoSwingsTheLoadUpWithTheTrunkHasLiftedIt) {
  constexpr int kReps = 3;
  const auto script = [&](double t) {
    const int i = static_cast<int>(t / kPeriod_s);
    const double up = i < kReps ? ThereAndBack(t / kPeriod_s - i) : 0;
    const bool by_trunk = i == kReps - 1;
    const double end_s = kReps * kPeriod_s + 0.4;
    testing::Posture posture{.trunk = t > end_s ? std::max(0.0, 70 - 90 * (t - end_s)) : by_trunk ? 70 - 35 * up : 70};
    const double bend = by_trunk ? 0.1 * up : up;
    posture.left_arm = {.upper_forward = 5 - 60 * bend, .fore_forward = 5 + 40 * bend};
    posture.right_arm = posture.left_arm;
    return posture;
  };
  const FeatureHistory history = testing::FilmHistory(script, kReps * kPeriod_s + 3);
  ExerciseDefinition row{.id = "row", .family = "row"};
  row.signals = {{.feature = {Feature::kElbow}, .turn_is_high = false, .min_rom = 0.6F, .full_rom = 1.2F}};
  row.main_angle = {Feature::kElbow};
  row.load_path = {Feature::kWristsY};
  row.travel = {{.feature = {Feature::kTorsoLean}, .low = 0, .high = 0.2F, .soft = 0.1F}};
  row.eccentric_first = false;
  const Span whole{0, history.frames().size() - 1};
  std::vector<Attempt> attempts = CountWithSignals(history, row, whole);
  ASSERT_EQ(attempts.size(), 2U);
  AddPartialReps(history, row, whole, attempts);
  ASSERT_EQ(attempts.size(), 3U);
  EXPECT_NEAR(ToSeconds(attempts[2].rep.turn), 2.5 * kPeriod_s, 0.3);
}

}  // namespace
}  // namespace spotter::exercise
