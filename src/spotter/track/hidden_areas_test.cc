// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/hidden_areas.h"

#include <gtest/gtest.h>

namespace spotter::track {
namespace {

constexpr auto kFirstLegJoint = static_cast<std::size_t>(KeypointId::kLeftKnee);

// Somebody whose joints lie on a line from the head at `top` to the ankles at `bottom`.
Pose Standing(float x, float top, float bottom) {
  Pose pose;
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    const float down = static_cast<float>(j) / (kKeypointCount - 1);
    pose.keypoints[j] = {x, top + down * (bottom - top), 0.9F};
  }
  return pose;
}

Box BoxAround(float x, float top, float bottom) { return {x - 0.05F, top - 0.02F, x + 0.05F, bottom + 0.02F}; }

const HiddenAreas kMirror({{{0.5F, 0.1F}, {1, 0.1F}, {1, 0.6F}, {0.5F, 0.6F}}});

TEST(HiddenAreas, WhoStandsInAnAreaIsHidden) {
  EXPECT_TRUE(kMirror.Hide(BoxAround(0.7F, 0.05F, 0.5F), Standing(0.7F, 0.05F, 0.5F)));
}

TEST(HiddenAreas, WhoStandsBeforeAMirrorIsNot) {
  EXPECT_FALSE(kMirror.Hide(BoxAround(0.7F, 0.15F, 0.7F), Standing(0.7F, 0.15F, 0.7F)));
}

TEST(HiddenAreas, WhoStandsBesideItIsNot) {
  EXPECT_FALSE(kMirror.Hide(BoxAround(0.2F, 0.15F, 0.5F), Standing(0.2F, 0.15F, 0.5F)));
}

// The network guesses where the legs of a reflection would be that the mirror's lower edge cuts off.
TEST(HiddenAreas, AnUpperBodyInAHangingMirrorIsHidden) {
  Pose pose = Standing(0.7F, 0.2F, 0.61F);
  EXPECT_TRUE(kMirror.Hide(BoxAround(0.7F, 0.2F, 0.61F), pose));
  for (std::size_t j = kFirstLegJoint; j < kKeypointCount; ++j) pose.keypoints[j] = {0.7F, 0.9F, 0.1F};
  EXPECT_TRUE(kMirror.Hide(BoxAround(0.7F, 0.2F, 0.58F), pose));
}

TEST(HiddenAreas, WithoutAnkleTheBoxStands) {
  EXPECT_TRUE(kMirror.Hide(BoxAround(0.7F, 0.2F, 0.5F), Pose()));
  EXPECT_FALSE(kMirror.Hide(BoxAround(0.7F, 0.2F, 0.8F), Pose()));
}

TEST(HiddenAreas, NoAreasHideNobody) {
  EXPECT_FALSE(HiddenAreas().Hide(BoxAround(0.7F, 0.2F, 0.5F), Standing(0.7F, 0.2F, 0.5F)));
}

}  // namespace
}  // namespace spotter::track
