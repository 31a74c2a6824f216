// SPDX-License-Identifier: Apache-2.0
#include "spotter/identity/body_measure.h"

#include <gtest/gtest.h>

namespace spotter::identity {
namespace {

constexpr float kAspect = 2.0F;

// Side view in a frame twice as wide as high; `bend` 0 = upright, 1 = thighs level.
PerceivedPerson Squatting(float bend) {
  PerceivedPerson person;
  const float hip_x = 0.5F - 0.0735F * bend;  // fractions of the width: 0.147 frame heights
  const float hip_y = 0.6F + 0.147F * bend;
  const auto put = [&](KeypointId left, KeypointId right, float x, float y) {
    person.pose[left] = {x, y, 0.9F};
    person.pose[right] = {x, y, 0.9F};
  };
  put(KeypointId::kLeftShoulder, KeypointId::kRightShoulder, hip_x, hip_y - 0.173F);
  put(KeypointId::kLeftHip, KeypointId::kRightHip, hip_x, hip_y);
  put(KeypointId::kLeftKnee, KeypointId::kRightKnee, 0.5F, 0.747F);
  put(KeypointId::kLeftAnkle, KeypointId::kRightAnkle, 0.5F, 0.895F);
  person.box = {0.4F, hip_y - 0.25F, 0.6F, 0.9F};
  return person;
}

TEST(MeasureBody, FindsTheSameStatureInEveryPosture) {
  const double upright = MeasureBody(Squatting(0), kAspect).stature;
  EXPECT_NEAR(upright, 0.6, 0.01);
  EXPECT_NEAR(MeasureBody(Squatting(1), kAspect).stature, upright, 0.01);
}

TEST(MeasureBody, AnchorsInTheTrunk) {
  const BodyMeasure body = MeasureBody(Squatting(0), kAspect);
  EXPECT_NEAR(body.anchor.x, 1.0F, 1e-4);
  EXPECT_NEAR(body.anchor.y, 0.5135F, 1e-3);
}

TEST(MeasureBody, FallsBackToTheBoxWhenNoJointIsSeen) {
  PerceivedPerson person;
  person.box = {0.1F, 0.2F, 0.3F, 0.5F};
  const BodyMeasure body = MeasureBody(person, kAspect);
  EXPECT_NEAR(body.stature, 0.4, 1e-6);
  EXPECT_NEAR(body.anchor.x, 0.4F, 1e-6);
  person.box = {0.1F, 0.2F, 0.1F, 0.2F};
  EXPECT_GT(MeasureBody(person, kAspect).stature, 0);
}

}  // namespace
}  // namespace spotter::identity
