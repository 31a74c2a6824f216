// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/motion.h"

#include <gtest/gtest.h>

namespace spotter::track {
namespace {

const MotionOptions kOptions;

Box At(double x, double size) {
  const auto left = static_cast<float>(x);
  const auto side = static_cast<float>(size);
  return {left, 0, left + 0.4F * side, side};
}

// A body of the given size that walks one size a second, seen `fps` times a second for two seconds.
BoxMotion Walk(double fps, double size) {
  BoxMotion motion(At(0, size), kOptions);
  for (int i = 1; i <= static_cast<int>(2 * fps); ++i) {
    motion.Predict(1 / fps, kOptions);
    motion.Update(At(size * i / fps, size), kOptions);
  }
  return motion;
}

TEST(BoxMotion, LearnsAWalkersSpeedAtAnyFrameRate) {
  for (const double fps : {5.0, 10.0, 15.0, 30.0, 60.0}) {
    EXPECT_NEAR(Walk(fps, 1.0).velocity().x, 1.0, 0.1) << fps;
    EXPECT_NEAR(Walk(fps, 1.0).velocity().y, 0.0, 0.01) << fps;
  }
}

TEST(BoxMotion, DoesNotDependOnTheUnitOfLength) {
  EXPECT_NEAR(Walk(15, 300.0).velocity().x / 300.0, Walk(15, 1.0).velocity().x, 1e-3);
}

TEST(BoxMotion, PredictsTheSameInOneStepAndInMany) {
  BoxMotion once = Walk(15, 1.0);
  BoxMotion often = once;
  once.Predict(0.5, kOptions);
  for (int i = 0; i < 50; ++i) often.Predict(0.01, kOptions);
  EXPECT_NEAR(once.box().x0, often.box().x0, 1e-4);
  EXPECT_NEAR(once.velocity().x, often.velocity().x, 1e-4);
}

TEST(BoxMotion, FollowsASuddenTurn) {
  BoxMotion motion = Walk(15, 1.0);
  for (int i = 1; i <= 8; ++i) {
    motion.Predict(1 / 15.0, kOptions);
    motion.Update(At(2.0 - i / 15.0, 1.0), kOptions);
  }
  EXPECT_LT(motion.velocity().x, -0.5);
}

TEST(BoxMotion, StopsGrowingSoonAfterItWasSeenLast) {
  BoxMotion motion(At(0, 1.0), kOptions);
  for (int i = 1; i <= 5; ++i) {
    motion.Predict(1 / 15.0, kOptions);
    motion.Update(At(0, 1.0 - 0.08 * i), kOptions);  // somebody squats down
  }
  motion.Predict(2.0, kOptions);
  EXPECT_GT(motion.box().height(), 0.2F);
}

TEST(BoxMotion, TakesAnEmptyBox) {
  BoxMotion motion(Box{0.5F, 0.5F, 0.5F, 0.5F}, kOptions);
  motion.Predict(0.1, kOptions);
  motion.Update(Box{0.5F, 0.5F, 0.5F, 0.5F}, kOptions);
  EXPECT_GT(motion.box().area(), 0);
}

}  // namespace
}  // namespace spotter::track
