// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/track_memory.h"

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

struct Step {
  Pts at{0};
};

const CameraId kCamera("cam_01");
const TrackId kTrack(3);

TEST(TrackMemoryTest, GivesTheLastSecondsOnce) {
  TrackMemory<Step> paths(FromSeconds(5));
  for (int second = 0; second < 20; ++second) paths.Add(kCamera, kTrack, {FromSeconds(second)});
  paths.Add(kCamera, TrackId(4), {FromSeconds(20)});
  EXPECT_EQ(paths.Of(kCamera, kTrack, FromSeconds(20)).size(), 5U);
  const auto path = paths.Take(kCamera, kTrack, FromSeconds(20));
  ASSERT_EQ(path.size(), 5U);
  EXPECT_EQ(path.front().at, FromSeconds(15));
  EXPECT_EQ(path.back().at, FromSeconds(19));
  EXPECT_TRUE(paths.Take(kCamera, kTrack, FromSeconds(20)).empty());
  EXPECT_TRUE(paths.Take(CameraId("cam_02"), TrackId(4), FromSeconds(20)).empty());
}

TEST(TrackMemoryTest, WhatIsLongAgoWasAnotherTrackOfThatNumber) {
  TrackMemory<Step> paths(FromSeconds(5));
  paths.Add(kCamera, kTrack, {FromSeconds(1)});
  EXPECT_TRUE(paths.Take(kCamera, kTrack, FromSeconds(60)).empty());
}

}  // namespace
}  // namespace spotter::floor
