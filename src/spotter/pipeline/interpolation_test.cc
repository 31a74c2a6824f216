// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/interpolation.h"

#include <gtest/gtest.h>

namespace spotter::pipeline {
namespace {

Perception With(int pts_us, const std::vector<std::pair<int, float>>& tracks) {
  Perception p{
      .camera_id = CameraId("c"), .pts = Pts(pts_us), .captured_at = {}, .width = 100, .height = 50, .people = {}};
  for (const auto& [id, x] : tracks) {
    PerceivedPerson person{.track_id = TrackId(id), .confidence = 0.9F, .box = {x, 0, x + 0.1F, 1}, .pose = {}};
    for (Keypoint& k : person.pose.keypoints) k = {x, 0.5F, 0.8F};
    p.people.push_back(person);
  }
  return p;
}

TEST(Interpolate, MovesEachPersonLinearlyInTime) {
  const Perception mid = Interpolate(With(0, {{1, 0.2F}, {2, 0.8F}}), With(100, {{2, 0.4F}, {1, 0.4F}}),
                                     {.pts = Pts(25), .captured_at = {}, .width = 100, .height = 50});
  ASSERT_EQ(mid.people.size(), 2U);
  EXPECT_EQ(mid.people[0].track_id, TrackId(2));
  EXPECT_NEAR(mid.people[0].box.x0, 0.7, 1e-5);
  EXPECT_NEAR(mid.people[1].pose.keypoints[3].x, 0.25, 1e-5);
}

TEST(Interpolate, WhoIsInOnlyOneOfTheFramesIsLeftOut) {
  EXPECT_TRUE(Interpolate(With(0, {{1, 0.2F}}), With(100, {{2, 0.2F}}),
                          {.pts = Pts(50), .captured_at = {}, .width = 1, .height = 1})
                  .people.empty());
}

TEST(Interpolate, AJointSeenOnOneSideOnlyIsNotSeenInBetween) {
  const Perception a = With(0, {{1, 0.2F}});
  Perception b = With(100, {{1, 0.6F}});
  b.people[0].pose.keypoints[9].confidence = 0;
  const Perception mid = Interpolate(a, b, {.pts = Pts(50), .captured_at = {}, .width = 1, .height = 1});
  EXPECT_EQ(mid.people[0].pose.keypoints[9].confidence, 0);
  EXPECT_FLOAT_EQ(mid.people[0].pose.keypoints[9].x, 0.2F);
}

TEST(Interpolate, WhatWasLeftLiesThereInBetween) {
  Perception before = With(0, {});
  Perception after = With(100, {});
  before.objects = {{.box = {0.1F, 0.2F, 0.3F, 0.4F}, .since = Pts(-50)}};
  after.objects = {before.objects[0], {.box = {0.5F, 0.2F, 0.6F, 0.4F}, .since = Pts(80)}};
  const Perception mid = Interpolate(before, after, {.pts = Pts(40), .captured_at = {}, .width = 1, .height = 1});
  EXPECT_EQ(mid.objects, before.objects) << "nothing is known of it before it was left";
}

}  // namespace
}  // namespace spotter::pipeline
