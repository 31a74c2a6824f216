// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/unlike_ends.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include <gtest/gtest.h>

#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

struct Move {
  double takes_s = 2;
  double way_deg = 0;  // its direction among all movements of the arms
  float sinks = 0;     // how far the hips go
  bool partial = false;
  float range = 1;
};

ExerciseDefinition Of(Feature main_angle) {
  ExerciseDefinition exercise{.id = "exercise"};
  exercise.main_angle = {main_angle};
  return exercise;
}

class DropUnlikeEndsTest : public ::testing::Test {
 protected:
  static constexpr double kApart_s = 10;  // from turn to turn

  static std::vector<Attempt> Attempts(const std::vector<Move>& moves) {
    std::vector<Attempt> attempts;
    for (std::size_t i = 0; i < moves.size(); ++i) {
      const Move& move = moves[i];
      Attempt attempt;
      const double turn_s = kApart_s * static_cast<double>(i);
      attempt.rep.partial = move.partial;
      attempt.range = move.range;
      attempt.rep.turn = FromSeconds(turn_s);
      attempt.rep.start = FromSeconds(turn_s - move.takes_s / 2);
      attempt.rep.end = FromSeconds(turn_s + move.takes_s / 2);
      const double way = move.way_deg / 180 * std::numbers::pi;
      const auto put = [&](Feature feature, double value) {
        attempt.movement.change[static_cast<std::size_t>(feature)] = static_cast<float>(value);
      };
      put(Feature::kElbow, -1.5 * std::cos(way));
      put(Feature::kUpperArm, 1.5 * std::sin(way));
      put(Feature::kHipsY, -move.sinks);
      attempts.push_back(attempt);
    }
    return attempts;
  }

  // The turns of those that are left, in whole intervals.
  std::vector<int> Left(Feature main_angle, const std::vector<Move>& moves) const {
    std::vector<Attempt> attempts = Attempts(moves);
    const ExerciseDefinition exercise = Of(main_angle);
    DropUnlikeEnds(history_, &exercise, attempts);
    std::vector<int> turns;
    turns.reserve(attempts.size());
    for (const Attempt& attempt : attempts)
      turns.push_back(static_cast<int>(std::lround(ToSeconds(attempt.rep.turn) / kApart_s)));
    return turns;
  }

  // Somebody stands with hanging arms for a minute, but for the turns in `drinks`, where one hand is at the mouth, and
  // those in `wipes`, around which one wipes.
  void Film(const std::vector<int>& drinks, const std::vector<int>& wipes = {}) {
    for (int i = -10; i < 600; ++i) {
      FeatureFrame frame{.pts = FromSeconds(i * 0.1)};
      const auto is_near = [&](double seconds) {
        return [=](int turn) { return std::abs(i * 0.1 - turn * kApart_s) < seconds; };
      };
      const bool at_mouth = std::ranges::any_of(drinks, is_near(0.5));
      frame.wiping = std::ranges::any_of(wipes, is_near(2));
      const auto put = [&](Feature feature, float left, float right) {
        const auto at = static_cast<std::size_t>(feature);
        frame.left[at] = left;
        frame.right[at] = right;
        frame.mean[at] = (left + right) / 2;
      };
      put(Feature::kWristHeight, -0.9F, at_mouth ? 0.1F : -0.9F);
      put(Feature::kElbow, 2.8F, at_mouth ? 0.4F : 2.8F);
      frame.mean[static_cast<std::size_t>(Feature::kHeadHeight)] = 0.4F;
      history_.Push(frame);
    }
  }

  FeatureHistory history_;
};

using Turns = std::vector<int>;

TEST_F(DropUnlikeEndsTest, AWipeAfterCurlsIsNone) {
  Film({});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, {2, 38}}), (Turns{0, 1, 2}));
  EXPECT_EQ(Left(Feature::kElbow, {{2, 38}, {2, 0}, {2, 4}}), (Turns{1, 2})) << "two that agree are enough";
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 30}, {2, -30}, {2, 45}}), (Turns{0, 1, 2, 3})) << "all differ";
}

TEST_F(DropUnlikeEndsTest, StrokesOfAHandThatWipesAreNone) {
  const Move stroke{.takes_s = 2, .way_deg = 15, .range = 0.7};
  Film({}, {3, 4, 5});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, stroke}), (Turns{0, 1, 2}));
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, stroke, stroke}), (Turns{0, 1, 2})) << "two alike";
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, {2, 5}}), (Turns{0, 1, 2, 3})) << "one more of the same";
  history_ = {};
  Film({}, {0});
  EXPECT_EQ(Left(Feature::kElbow, {stroke, {2, 0}, {2, 4}, {2, -3}}), (Turns{1, 2, 3})) << "before the set";
  history_ = {};
  Film({}, {0, 1, 2, 3});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, stroke}), (Turns{0, 1, 2, 3})) << "so do all of them";
}

// An elbow that the network loses looks like a hand that wipes.
TEST_F(DropUnlikeEndsTest, OneThatIsAsLargeAndAsQuickAsTheOthersIsNoWipe) {
  Film({}, {0});
  const auto first = [](double takes_s, float range) {
    return Move{.takes_s = takes_s, .way_deg = 20, .range = range};
  };
  EXPECT_EQ(Left(Feature::kElbow, {first(2.3, 0.9), {2, 0}, {2, 4}, {2, -3}}), (Turns{0, 1, 2, 3}));
  EXPECT_EQ(Left(Feature::kElbow, {first(3.5, 0.9), {2, 0}, {2, 4}, {2, -3}}), (Turns{1, 2, 3})) << "too long";
  EXPECT_EQ(Left(Feature::kElbow, {first(1.2, 0.9), {2, 0}, {2, 4}, {2, -3}}), (Turns{1, 2, 3})) << "too short";
}

TEST_F(DropUnlikeEndsTest, WhereTheBodyMovesNoGestureIsMeant) {
  Film({});
  EXPECT_EQ(Left(Feature::kKnee, {{2, 0}, {2, 4}, {2, -3}, {2, 38}}), (Turns{0, 1, 2, 3}));
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0, 1}, {2, 4, 1}, {2, -3, 1}, {2, 60, 1}}), (Turns{0, 1, 2, 3}));
}

TEST_F(DropUnlikeEndsTest, AJerkIsNone) {
  Film({});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2.2, 4}, {1.9, -3}, {0.5, 5}}), (Turns{0, 1, 2}));
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2.2, 4}, {1.9, -3}, {1.2, 5}}), (Turns{0, 1, 2, 3})) << "a quick one is";
}

TEST_F(DropUnlikeEndsTest, APartialOneDoesNotGoTheOtherWay) {
  Film({});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, {2, 60, 0, true}}), (Turns{0, 1, 2, 3}));
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, {2, 170, 0, true}}), (Turns{0, 1, 2}));
}

TEST_F(DropUnlikeEndsTest, ADrinkBeforeASetIsNoneAndCurlsOfOneArmAre) {
  Film({0});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}}), (Turns{1, 2}));
  history_ = {};
  Film({0, 1, 2});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}}), (Turns{0, 1, 2}));
}

constexpr double kPeriod_s = 2;
constexpr double kFirstCurl_s = 8;
constexpr std::size_t kCurls = 4;
constexpr double kLastCurl_s = kFirstCurl_s + 4 * kPeriod_s;

double CurlAt(double t) {
  const bool curls = t >= kFirstCurl_s && t < kLastCurl_s;
  return curls ? testing::ThereAndBack(std::fmod(t - kFirstCurl_s, kPeriod_s) / kPeriod_s) : 0;
}

// Up in half a second, there for a while, and down again.
double HeldAt(double t, double from_s, double to_s) { return std::clamp(2 * std::min(t - from_s, to_s - t), 0.0, 1.0); }

class EndsOfCurlsTest : public ::testing::Test {
 protected:
  // What is left of all that looks like a curl.
  std::vector<Attempt> Left(const std::function<PerceivedPerson(double t)>& person_at) {
    const FeatureHistory history = testing::HistoryOf(person_at, kLastCurl_s + 6);
    const ExerciseDefinition& curl = *library_.Find("bicep_curl");
    const Signal& signal = curl.signals.front();
    std::vector<Attempt> attempts = FindAttempts(
        history, curl, MakeSeries(history, signal, {0, history.frames().size() - 1}), CycleDetector(signal.min_rom));
    found_ = attempts.size();
    DropUnlikeEnds(history, &curl, attempts);
    return attempts;
  }

  const ExerciseLibrary library_ = testing::SmallLibrary();
  testing::Photographer photographer_{{.yaw_deg = 60}};
  std::size_t found_ = 0;
};

// A curl to the mouth, of both hands: the arm that does not drink is hidden, and guessed where the other one is.
testing::Posture Drinking(double height) {
  const testing::ArmPose arm{.upper_forward = 40 * height, .fore_forward = 8 + 152 * height};
  return {.left_arm = arm, .right_arm = arm};
}

// Curls, and the hands at the mouth once.
testing::Posture CurlingAndDrinking(double t, double from_s, double to_s) {
  const double drink = HeldAt(t, from_s, to_s);
  return drink > 0 ? Drinking(drink) : testing::Curling(CurlAt(t));
}

TEST_F(EndsOfCurlsTest, AHandThatStaysAtTheFaceBeforeTheSetIsADrink) {
  const std::vector<Attempt> left =
      Left([&](double t) { return photographer_.Photograph(CurlingAndDrinking(t, 2, 5.5)); });
  ASSERT_EQ(found_, kCurls + 1);
  ASSERT_EQ(left.size(), kCurls);
  EXPECT_GT(left.front().rep.start, FromSeconds(kFirstCurl_s - 0.5));
}

TEST_F(EndsOfCurlsTest, TheLastOneMayBeHeldAtTheTop) {
  const auto person_at = [&](double t) {
    return photographer_.Photograph(CurlingAndDrinking(t, kLastCurl_s, kLastCurl_s + 3.5));
  };
  EXPECT_EQ(Left(person_at).size(), kCurls + 1);
}

TEST_F(EndsOfCurlsTest, EveryOneMayBeHeldAtTheTop) {
  const auto person_at = [&](double t) {
    const double since = t - 1;
    return photographer_.Photograph(Drinking(since >= 0 && since < 16 ? HeldAt(std::fmod(since, 4), 0.5, 3.5) : 0));
  };
  EXPECT_EQ(Left(person_at).size(), 4);
}

// Hands that come up and forward over a bench while the trunk bends forward and the head sinks between the shoulders.
PerceivedPerson BentOver(testing::Photographer& photographer, double bent, double curl) {
  testing::Posture posture = testing::Curling(curl);
  posture.trunk = 30 * bent;
  posture.left_arm.upper_forward = posture.right_arm.upper_forward = 5 * curl + 60 * bent * curl;
  PerceivedPerson person = photographer.Photograph(posture);
  for (const KeypointId face : {KeypointId::kNose, KeypointId::kLeftEar, KeypointId::kRightEar})
    person.pose.keypoints[static_cast<std::size_t>(face)].y += static_cast<float>(0.04 * bent);
  return person;
}

TEST_F(EndsOfCurlsTest, WhoBendsOverCurlsNoMore) {
  const auto person_at = [&](double t) {
    const double after = (t - kLastCurl_s) / kPeriod_s;
    return BentOver(photographer_, std::clamp(2 * after, 0.0, 1.0),
                    CurlAt(t) + testing::ThereAndBack(after - 0.5) + testing::ThereAndBack(after - 1.5));
  };
  const std::vector<Attempt> left = Left(person_at);
  ASSERT_GT(found_, kCurls + 1);
  ASSERT_EQ(left.size(), kCurls);
  EXPECT_LT(left.back().rep.end, FromSeconds(kLastCurl_s + 0.5));
}

}  // namespace
}  // namespace spotter::exercise
