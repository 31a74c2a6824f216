// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/angles.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

TEST(AngleAt, KnownTriangles) {
  EXPECT_NEAR(AngleAt({0, 0}, {1, 0}, {0, 1}) * kDegreesPerRadian, 90, 1e-4);
  EXPECT_NEAR(AngleAt({0, 0}, {1, 0}, {-1, 0}) * kDegreesPerRadian, 180, 1e-4);
  EXPECT_NEAR(AngleAt({2, 2}, {3, 3}, {4, 4}) * kDegreesPerRadian, 0, 1e-4);
}

TEST(AngleAt, MirrorImageHasTheSameAngle) {
  EXPECT_FLOAT_EQ(AngleAt({0, 0}, {3, 1}, {1, -2}), AngleAt({0, 0}, {-3, 1}, {-1, -2}));
}

TEST(AngleFromVertical, UprightIsZeroAndLyingIsAQuarterTurn) {
  EXPECT_NEAR(AngleFromVertical({5, 10}, {5, 2}), 0, 1e-6);
  EXPECT_NEAR(AngleFromVertical({5, 10}, {9, 10}) * kDegreesPerRadian, 90, 1e-4);
}

}  // namespace
}  // namespace spotter
