// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/affinity.h"

#include <gtest/gtest.h>

namespace spotter::track {
namespace {

constexpr Box kBox{0.2F, 0.1F, 0.4F, 0.7F};

Pose StickFigure(Point shift) {
  Pose pose;
  for (std::size_t i = 0; i < kKeypointCount; ++i) {
    const auto n = static_cast<float>(i);
    pose.keypoints[i] = {0.25F + 0.05F * static_cast<float>(i % 2) + shift.x, 0.12F + 0.03F * n + shift.y, 0.8F};
  }
  return pose;
}

Observation Seen(const Box& box, double belief = 0.9) { return {Pts(0), belief, box, {}}; }

TEST(KeypointSimilarity, IsOneForTheSamePoseAndFallsWithDistance) {
  EXPECT_DOUBLE_EQ(KeypointSimilarity(StickFigure({}), {}, StickFigure({}), kBox.area()), 1.0);
  const double near = KeypointSimilarity(StickFigure({}), {}, StickFigure({0.02F, 0}), kBox.area());
  const double far = KeypointSimilarity(StickFigure({}), {}, StickFigure({0.2F, 0}), kBox.area());
  EXPECT_GT(near, 0.5);
  EXPECT_LT(far, 0.1);
}

TEST(KeypointSimilarity, ComparesAtTheExpectedPlace) {
  const Point step{0.2F, 0.05F};
  EXPECT_NEAR(KeypointSimilarity(StickFigure({}), step, StickFigure(step), kBox.area()), 1.0, 1e-6);
}

TEST(KeypointSimilarity, IsNothingWithoutJoints) {
  EXPECT_EQ(KeypointSimilarity(StickFigure({}), {}, Pose{}, kBox.area()), 0);
}

TEST(HeightOverlap, ComparesVerticalExtentsOnly) {
  EXPECT_NEAR(HeightOverlap(kBox, {0.9F, 0.1F, 1.0F, 0.4F}), 0.5, 1e-6);
  EXPECT_EQ(HeightOverlap(kBox, {0.2F, 0.8F, 0.4F, 0.9F}), 0);
}

TEST(Containment, IsOneForABoxInsideAnother) {
  EXPECT_NEAR(Containment(kBox, {0.25F, 0.2F, 0.35F, 0.4F}), 1.0, 1e-6);
  EXPECT_EQ(Containment(kBox, {0.5F, 0.1F, 0.6F, 0.7F}), 0);
}

TEST(ShareASide, TellsAHalfBodyFromAFartherOne) {
  EXPECT_TRUE(ShareASide(kBox, {0.2F, 0.1F, 0.4F, 0.4F}));
  EXPECT_FALSE(ShareASide(kBox, {0.25F, 0.2F, 0.35F, 0.5F}));
}

TEST(Affinity, IsNothingBelowTheLeastOverlap) {
  const Tracklet track(Seen(kBox), {});
  EXPECT_EQ(Affinity(track, Seen({0.6F, 0.1F, 0.8F, 0.7F}), 0.1, {}), 0);
  EXPECT_GT(Affinity(track, Seen(kBox), 0.1, {}), 1);
}

TEST(Affinity, IsPossibleForTheSamePoseInAnotherBox) {
  Observation whole = Seen(kBox);
  whole.pose = StickFigure({});
  Observation legs = Seen({0.2F, 0.65F, 0.4F, 0.7F});
  legs.pose = StickFigure({});
  EXPECT_GT(Affinity(Tracklet(whole, {}), legs, 0.3, {}), 0);
}

TEST(Affinity, PrefersTheSameBeliefAndTheSameHeight) {
  const Tracklet track(Seen(kBox, 0.9), {});
  const double same = Affinity(track, Seen(kBox, 0.9), 0.1, {});
  EXPECT_GT(same, Affinity(track, Seen(kBox, 0.4), 0.1, {}));
  EXPECT_GT(same, Affinity(track, Seen({0.2F, 0.2F, 0.4F, 0.6F}, 0.9), 0.1, {}));
}

}  // namespace
}  // namespace spotter::track
