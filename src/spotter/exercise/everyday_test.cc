// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/everyday.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

struct Timing {
  double duration_s;
  double rest_s;
};

std::vector<Attempt> Attempts(const std::vector<Timing>& timings, bool one_handed) {
  std::vector<Attempt> attempts;
  double start_s = 1;
  for (const Timing& timing : timings) {
    Attempt attempt{.one_handed = one_handed};
    attempt.rep.start = FromSeconds(start_s);
    attempt.rep.turn = FromSeconds(start_s + timing.duration_s / 2);
    attempt.rep.end = FromSeconds(start_s + timing.duration_s);
    start_s += timing.duration_s + timing.rest_s;
    attempts.push_back(attempt);
  }
  return attempts;
}

TEST(EverydayTest, DrinkingIsAGestureAndASteadyOneArmedCurlIsNot) {
  const std::vector<Timing> drinking = {{4.4, 4.4}, {3.2, 1.5}, {6.1, 2}};
  const std::vector<Timing> curling = {{2.1, 0.4}, {2.2, 0.5}, {2.3, 0.3}, {2.2, 0.4}};
  EXPECT_TRUE(IsGesturing(Attempts(drinking, true)));
  EXPECT_FALSE(IsGesturing(Attempts(curling, true)));
  EXPECT_FALSE(IsGesturing(Attempts(drinking, false)));
}

TEST(EverydayTest, OneArmedCurlsThatSeemToRestForHalfTheTimeKeepTime) {
  const Timing half_seen{1.4, 1};
  EXPECT_FALSE(IsGesturing(Attempts(std::vector<Timing>(6, half_seen), true)));
  EXPECT_TRUE(IsGesturing(Attempts(std::vector<Timing>(4, half_seen), true)));
  EXPECT_TRUE(IsGesturing(Attempts({{1.4, 1}, {1.2, 3}, {1.5, 0.6}, {1.4, 2}, {1.3, 5}, {1.4, 0.4}}, true)));
}

TEST(EverydayTest, HandsThatTakeNoTurnsHaveToKeepTime) {
  const std::vector<Timing> uneven = {{2.2, 1.1}, {3.1, 0.5}, {1.9, 2}, {2.7, 1.3}, {1.7, 1}};
  const auto with_hands = [&](const std::vector<Timing>& timings, std::string_view hands) {
    std::vector<Attempt> attempts = Attempts(timings, true);
    const auto side_of = [](char hand) { return hand == 'B' ? Side::kBoth : hand == 'L' ? Side::kLeft : Side::kRight; };
    for (std::size_t i = 0; i < hands.size(); ++i) attempts[i].rep.side = side_of(hands[i]);
    return attempts;
  };
  EXPECT_FALSE(IsGesturing(with_hands(uneven, "RRRRR")));
  EXPECT_FALSE(IsGesturing(with_hands(uneven, "RRRLL")));
  EXPECT_FALSE(IsGesturing(with_hands(uneven, "RLRLR")));
  EXPECT_FALSE(IsGesturing(with_hands(uneven, "RBRBR")));
  EXPECT_TRUE(IsGesturing(with_hands(uneven, "RRLRL")));
  std::vector<Timing> longer = uneven;
  longer.insert(longer.end(), uneven.begin(), uneven.begin() + 2);
  EXPECT_FALSE(IsGesturing(with_hands(longer, "RLRLLRL")));
  EXPECT_FALSE(IsGesturing(with_hands(std::vector<Timing>(5, {2, 0.5}), "RRLRL")));
}

TEST(EverydayTest, ALoneMovementIsARepetitionUnlessItIsVerySlow) {
  EXPECT_TRUE(IsOneSlowMovement(Attempts({{12, 0}}, false)));
  EXPECT_FALSE(IsOneSlowMovement(Attempts({{5, 0}}, false)));
  EXPECT_FALSE(IsOneSlowMovement(Attempts({{12, 1}, {12, 1}}, false)));
}

TEST(EverydayTest, WhoGoesDownOnceAndStaysThereSits) {
  ExerciseDefinition squat{.id = "squat"};
  squat.main_angle = {Feature::kKnee};
  ExerciseDefinition push_up{.id = "push_up"};
  push_up.main_angle = {Feature::kElbow};
  std::vector<Attempt> alone = Attempts({{5, 0}}, false);
  EXPECT_FALSE(IsSittingDown({}, squat, alone));
  alone[0].rep.pause_stretched = FromSeconds(1.5);
  EXPECT_TRUE(IsSittingDown({}, squat, alone));
  EXPECT_FALSE(IsSittingDown({}, push_up, alone)) << "nobody sits there";
  std::vector<Attempt> set = Attempts({{5, 1}, {5, 0}}, false);
  for (Attempt& attempt : set) attempt.rep.pause_stretched = FromSeconds(1.5);
  EXPECT_FALSE(IsSittingDown({}, squat, set)) << "squats with a pause";
}

// A way down of two seconds, `down_s` seconds there, and the way back; jitter moves the knees, by which pauses are
// told.
struct Lowering {
  FeatureHistory history;
  Attempt attempt;
};
Lowering Lower(double down_s, float balance = 0, float legs_seen = 1) {
  constexpr double kWay_s = 2;
  Lowering lowering;
  auto& [history, attempt] = lowering;
  const double end_s = 2 * kWay_s + down_s;
  attempt.rep.start = FromSeconds(0);
  attempt.rep.end = FromSeconds(end_s);
  for (int i = 0; i < end_s * 15; ++i) {
    const double t = i / 15.0;
    const double share = std::clamp(std::min(t, end_s - t) / kWay_s, 0.0, 1.0);
    FeatureFrame frame{.pts = FromSeconds(t)};
    frame.mean[static_cast<std::size_t>(Feature::kHipsY)] = static_cast<float>(-share);
    frame.mean[static_cast<std::size_t>(Feature::kKnee)] = static_cast<float>(-share + (i % 3 == 0 ? 0.2 : 0));
    frame.mean[static_cast<std::size_t>(Feature::kBalance)] = share * balance;
    frame.legs_seen = legs_seen;
    history.Push(frame);
  }
  attempt.movement.change[static_cast<std::size_t>(Feature::kHipsY)] = -1;
  attempt.movement.change[static_cast<std::size_t>(Feature::kKnee)] = -1;
  return lowering;
}

TEST(EverydayTest, StayingDownIsToldByTheWholePosture) {
  for (const double down_s : {0, 2}) {
    const Lowering lowering = Lower(down_s);
    EXPECT_NEAR(StaysDown_s(lowering.history, lowering.attempt), down_s, 0.3);
  }
}

TEST(EverydayTest, WhoStaysDownSitsUnlessThereIsABarToTakeHoldOf) {
  ExerciseDefinition squat{.id = "squat"};
  squat.main_angle = {Feature::kKnee};
  ExerciseDefinition deadlift{.id = "deadlift"};
  deadlift.main_angle = {Feature::kHip};
  const Lowering sitting = Lower(2);
  const Lowering squatting = Lower(0.3);
  EXPECT_TRUE(IsSittingDown(sitting.history, squat, {&sitting.attempt, 1}));
  EXPECT_FALSE(IsSittingDown(sitting.history, deadlift, {&sitting.attempt, 1}));
  EXPECT_FALSE(IsSittingDown(squatting.history, squat, {&squatting.attempt, 1}));
}

TEST(EverydayTest, WhoStaysBehindTheFeetIsOnASeat) {
  ExerciseDefinition squat;
  squat.main_angle = {Feature::kKnee};
  for (const auto& [balance, is_sitting] : {std::pair(-0.3F, true), std::pair(-0.1F, false)}) {
    Lowering lowering = Lower(0.8, balance);
    lowering.attempt.rep.turn = FromSeconds(2.4);
    lowering.attempt.rep.pause_stretched = FromSeconds(0.8);
    EXPECT_EQ(IsSittingDown(lowering.history, squat, {&lowering.attempt, 1}), is_sitting) << balance;
    lowering.attempt.rep.pause_stretched = FromSeconds(0.2);
    EXPECT_FALSE(IsSittingDown(lowering.history, squat, {&lowering.attempt, 1})) << "a squat in passing, " << balance;
  }
  Lowering lowering = Lower(0.8, -0.3F);
  lowering.attempt.rep.turn = FromSeconds(2.4);
  lowering.attempt.rep.pause_stretched = FromSeconds(0.8);
  ExerciseDefinition deadlift;
  deadlift.main_angle = {Feature::kHip};
  EXPECT_FALSE(IsSittingDown(lowering.history, deadlift, {&lowering.attempt, 1})) << "takes hold of the bar";
  lowering.history = Lower(0.8, -0.3F, 0.2F).history;
  EXPECT_FALSE(IsSittingDown(lowering.history, squat, {&lowering.attempt, 1})) << "the feet are guessed";
}

TEST(EverydayTest, TwoMovementsWithALongTimeBetweenAreNoSet) {
  EXPECT_TRUE(AreTwoApart(Attempts({{2, 4}, {2, 0}}, false)));
  EXPECT_FALSE(AreTwoApart(Attempts({{2, 1}, {2, 0}}, false)));
  EXPECT_FALSE(AreTwoApart(Attempts({{2, 4}, {2, 4}, {2, 0}}, false)));
}

TEST(EverydayTest, AMetronomeIsEvenAndGesturesAreNot) {
  EXPECT_LT(Irregularity(Attempts({{2, 0.5}, {2.1, 0.5}, {2, 0.4}, {2.1, 0.5}}, false)), 0.1);
  EXPECT_GT(Irregularity(Attempts({{1, 5}, {4, 0.5}, {0.6, 9}, {3, 2}}, false)), 0.4);
}

// Three cycles of a second each, in an upright body.
struct Legs {
  float ahead = 0.8F;     // how far one foot goes ahead of the other,
  float behind = -0.8F;   // and how far behind it
  float sink = 0;         // of the hips, in the middle of each cycle
  float knee = -0.8F;     // height of the higher one against its hip
  float standing = 0.6F;  // swing of the other leg's shank, radians
};

bool AreStridesOf(const Legs& legs) {
  constexpr int kCycles = 3;
  FeatureHistory history;
  std::vector<Attempt> attempts(kCycles);
  for (int i = 0; i <= kCycles * 30; ++i) {
    FeatureFrame frame{.pts = FromSeconds(i / 30.0)};
    const float share = 0.5F - 0.5F * std::cos(static_cast<float>(i) / 30 * 2 * std::numbers::pi_v<float>);
    frame.mean[static_cast<std::size_t>(Feature::kStride)] = legs.behind + share * (legs.ahead - legs.behind);
    frame.mean[static_cast<std::size_t>(Feature::kHipsY)] = -share * legs.sink;
    frame.left[static_cast<std::size_t>(Feature::kShank)] = 0.6F * share;
    frame.right[static_cast<std::size_t>(Feature::kShank)] = legs.standing * share;
    frame.left[static_cast<std::size_t>(Feature::kKneeHeight)] = legs.knee;
    frame.right[static_cast<std::size_t>(Feature::kKneeHeight)] = -1;
    history.Push(frame);
  }
  for (int i = 0; i < kCycles; ++i) {
    attempts[i].rep.start = FromSeconds(i);
    attempts[i].rep.end = FromSeconds(i + 1);
  }
  return AreStrides(history, attempts);
}

TEST(EverydayTest, WhoWalksOnTheSpotMakesStrides) {
  EXPECT_TRUE(AreStridesOf({}));
  EXPECT_TRUE(AreStridesOf({.sink = 0.1F}));
  EXPECT_FALSE(AreStridesOf({.behind = 0.2F})) << "jumping jacks: the feet go apart and never pass each other";
  EXPECT_FALSE(AreStridesOf({.sink = 0.6F})) << "lunges sink";
  EXPECT_FALSE(AreStridesOf({.knee = -0.1F})) << "high knees";
  EXPECT_FALSE(AreStridesOf({.standing = 0.1F})) << "one leg swings, the other one stands";
}

}  // namespace
}  // namespace spotter::exercise
