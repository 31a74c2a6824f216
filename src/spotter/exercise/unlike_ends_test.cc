// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/unlike_ends.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

struct Move {
  double takes_s = 2;
  double way_deg = 0;  // its direction among all movements of the arms
  float sinks = 0;     // how far the hips go
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
  Film({}, {3, 4, 5});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, {2, 15}}), (Turns{0, 1, 2}));
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, {2, 15}, {2, 15}}), (Turns{0, 1, 2})) << "two alike";
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, {2, 5}}), (Turns{0, 1, 2, 3})) << "one more of the same";
  history_ = {};
  Film({}, {0});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 15}, {2, 0}, {2, 4}, {2, -3}}), (Turns{1, 2, 3})) << "before the set";
  history_ = {};
  Film({}, {0, 1, 2, 3});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}, {2, 15}}), (Turns{0, 1, 2, 3})) << "so do all of them";
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

TEST_F(DropUnlikeEndsTest, ADrinkBeforeASetIsNoneAndCurlsOfOneArmAre) {
  Film({0});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}}), (Turns{1, 2}));
  history_ = {};
  Film({0, 1, 2});
  EXPECT_EQ(Left(Feature::kElbow, {{2, 0}, {2, 4}, {2, -3}}), (Turns{0, 1, 2}));
}

}  // namespace
}  // namespace spotter::exercise
