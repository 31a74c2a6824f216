// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/presence_filter.h"

#include <gtest/gtest.h>

namespace spotter::track {
namespace {

const HiddenAreas kLeftHalf({{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}});

Detection At(float x) {
  Detection found{.confidence = 0.9F, .box = {x - 0.05F, 0.2F, x + 0.05F, 0.5F}, .pose = {}};
  for (Keypoint& joint : found.pose.keypoints) joint = {x, 0.35F, 0.9F};
  return found;
}

// Three seconds of a camera, ten frames a second, two of them under way between detection and publication.
std::optional<std::string> Film(PresenceFilter& filter, bool with_person) {
  for (int i = 0; i < 30; ++i) {
    std::vector<Detection> found{At(0.2F)};
    filter.HideDetections(FromSeconds(i * 0.1), found);
    EXPECT_EQ(found.size(), 0U);
    if (i < 2) continue;
    Perception perception{.camera_id = CameraId("c"), .pts = FromSeconds((i - 2) * 0.1), .captured_at = {}};
    if (with_person) perception.people.push_back({.track_id = TrackId(1), .box = At(0.8F).box, .pose = At(0.8F).pose});
    filter.Apply(perception);
    EXPECT_EQ(perception.people.size(), with_person ? 1U : 0U);
  }
  return filter.Warning();
}

TEST(PresenceFilterTest, WhoIsFoundInAMirrorAloneIsToldAlthoughNobodyFollowsThem) {
  PresenceFilter filter({.mirrors = kLeftHalf});
  const std::optional<std::string> warning = Film(filter, false);
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->find("from 0.0 s on somebody is seen only in a mirror (2.7 s in all)"), std::string::npos);
}

TEST(PresenceFilterTest, BesideAPersonItIsNothingToTell) {
  PresenceFilter filter({.mirrors = kLeftHalf});
  EXPECT_FALSE(Film(filter, true));
}

TEST(PresenceFilterTest, AScreenIsNoMirror) {
  PresenceFilter filter({.ignored = kLeftHalf});
  EXPECT_FALSE(Film(filter, false));
}

}  // namespace
}  // namespace spotter::track
