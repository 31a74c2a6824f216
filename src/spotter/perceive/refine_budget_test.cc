// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/refine_budget.h"

#include <gtest/gtest.h>

namespace spotter::perceive {
namespace {

using namespace std::chrono_literals;

// Somebody with a torso of a fifth of the frame's height whose left wrist is `raised` torso lengths up.
PerceivedPerson Person(float raised, std::int64_t id = 1) {
  PerceivedPerson person;
  person.track_id = TrackId(id);
  for (Keypoint& joint : person.pose.keypoints) joint = {0.5F, 0.5F, 0.9F};
  person.pose[KeypointId::kLeftShoulder].y = 0.3F;
  person.pose[KeypointId::kRightShoulder].y = 0.3F;
  person.pose[KeypointId::kLeftWrist].y = 0.5F - 0.2F * raised;
  return person;
}

TEST(RefineBudget, ANewPersonIsRefinedAtOnce) {
  RefineBudget budget({});
  EXPECT_TRUE(budget.Grant(Person(0, 1), 1, 0ms));
  EXPECT_TRUE(budget.Grant(Person(0, 2), 1, 0ms));
}

TEST(RefineBudget, WhoMovesIsRefinedEveryTime) {
  RefineBudget budget({});
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(budget.Grant(Person(0.2F * static_cast<float>(i)), 1, i * 66ms));
}

TEST(RefineBudget, WhoStandsStillIsRefinedNowAndThen) {
  RefineBudget budget({.still_movement = 0.06F, .still_interval = 500ms});
  int refined = 0;
  for (int i = 0; i < 30; ++i) refined += budget.Grant(Person(i % 2 == 0 ? 0 : 0.03F), 1, i * 66ms);
  EXPECT_EQ(refined, 4);  // at 0, 528, 1056 and 1584 ms
}

TEST(RefineBudget, SlowMovementIsNotTakenForStandingStill) {
  RefineBudget budget({.still_movement = 0.06F, .still_interval = 10s});
  int refined = 0;
  for (int i = 0; i < 60; ++i) refined += budget.Grant(Person(0.01F * static_cast<float>(i)), 1, i * 66ms);
  EXPECT_GE(refined, 8);  // each 0.07 torso lengths
}

TEST(RefineBudget, MovingPeopleCanBeRefinedLessOftenToo) {
  RefineBudget budget({.moving_interval = 120ms});
  int refined = 0;
  for (int i = 0; i < 10; ++i) refined += budget.Grant(Person(0.2F * static_cast<float>(i)), 1, i * 66ms);
  EXPECT_EQ(refined, 5);
}

TEST(RefineBudget, AForgottenTrackStartsAnew) {
  RefineBudget budget({.still_interval = 1h});
  EXPECT_TRUE(budget.Grant(Person(0), 1, 0ms));
  EXPECT_FALSE(budget.Grant(Person(0), 1, 100ms));
  budget.ForgetLost(60s);
  EXPECT_TRUE(budget.Grant(Person(0), 1, 60s));
}

}  // namespace
}  // namespace spotter::perceive
