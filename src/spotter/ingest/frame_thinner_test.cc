// SPDX-License-Identifier: Apache-2.0
#include "spotter/ingest/frame_thinner.h"

#include <gtest/gtest.h>

namespace spotter::ingest {
namespace {

// Pictures kept of ten seconds at `camera_fps`, whose times jitter by `jitter_ms`.
int KeptInTenSeconds(double camera_fps, double fps, int jitter_ms = 0) {
  FrameThinner thinner(fps);
  int kept = 0;
  for (int i = 0; i < static_cast<int>(camera_fps * 10); ++i) {
    const Pts jitter = std::chrono::milliseconds(i % 2 == 0 ? 0 : -jitter_ms);
    if (thinner.Keep(FromSeconds(i / camera_fps) + jitter)) ++kept;
  }
  return kept;
}

TEST(FrameThinner, KeepsTheWantedRateOfAnyCamera) {
  EXPECT_EQ(KeptInTenSeconds(30, 10), 100);
  EXPECT_NEAR(KeptInTenSeconds(25, 10), 100, 1);
  EXPECT_NEAR(KeptInTenSeconds(29.97, 12), 120, 1);
  EXPECT_EQ(KeptInTenSeconds(25, 0), 250);
}

TEST(FrameThinner, JitterCostsNoPicturesOfACameraThatHasTheWantedRate) {
  EXPECT_EQ(KeptInTenSeconds(10, 10, 15), 100);
  EXPECT_EQ(KeptInTenSeconds(25, 25, 8), 250);
}

TEST(FrameThinner, AfterAGapItDoesNotCatchUp) {
  FrameThinner thinner(10);
  EXPECT_TRUE(thinner.Keep(Pts{0}));
  EXPECT_TRUE(thinner.Keep(std::chrono::seconds(60)));
  EXPECT_FALSE(thinner.Keep(std::chrono::seconds(60) + std::chrono::milliseconds(10)));
}

}  // namespace
}  // namespace spotter::ingest
