// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/unnamed_paths.h"

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

const CameraId kCamera("cam_01");
const TrackId kTrack(3);

TEST(UnnamedPathsTest, WhoIsNamedBringsHisLastSecondsOnce) {
  UnnamedPaths paths;
  for (int second = 0; second < 20; ++second) paths.Add(kCamera, kTrack, {FromSeconds(second), {}});
  paths.Add(kCamera, TrackId(4), {FromSeconds(20), {}});
  const UnnamedPaths::Path path = paths.Take(kCamera, kTrack, FromSeconds(20));
  ASSERT_EQ(path.size(), 5U);
  EXPECT_EQ(path.front().at, FromSeconds(15));
  EXPECT_EQ(path.back().at, FromSeconds(19));
  EXPECT_TRUE(paths.Take(kCamera, kTrack, FromSeconds(20)).empty());
  EXPECT_TRUE(paths.Take(CameraId("cam_02"), TrackId(4), FromSeconds(20)).empty());
}

TEST(UnnamedPathsTest, WhatIsLongAgoWasAnotherTrackOfThatNumber) {
  UnnamedPaths paths;
  paths.Add(kCamera, kTrack, {FromSeconds(1), {}});
  EXPECT_TRUE(paths.Take(kCamera, kTrack, FromSeconds(60)).empty());
}

}  // namespace
}  // namespace spotter::floor
