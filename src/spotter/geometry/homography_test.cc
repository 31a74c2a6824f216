// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/homography.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

// A camera 1 m high that looks level; 100 pixels focal length, horizon at y = 50: (x right, y ahead) in metres.
const Homography kFloorFromImage({{{1, 0, -100}, {0, 0, 100}, {0, 1, -50}}});
constexpr Point kVisible = {100, 150};

TEST(Homography, PixelsBecomeMetres) {
  const std::optional<Point> below = kFloorFromImage.Map({100, 150}, kVisible);
  ASSERT_TRUE(below.has_value());
  EXPECT_NEAR(below->x, 0, 1e-6);
  EXPECT_NEAR(below->y, 1, 1e-6);
  const std::optional<Point> far_right = kFloorFromImage.Map({150, 75}, kVisible);
  ASSERT_TRUE(far_right.has_value());
  EXPECT_NEAR(far_right->x, 2, 1e-6);
  EXPECT_NEAR(far_right->y, 4, 1e-6);
}

TEST(Homography, TheHorizonAndTheSkyHaveNoFloor) {
  EXPECT_FALSE(kFloorFromImage.Map({100, 50}, kVisible).has_value());
  EXPECT_FALSE(kFloorFromImage.Map({100, 20}, kVisible).has_value());
}

TEST(Homography, ItsSignDoesNotMatter) {
  const Homography negative({{{-1, 0, 100}, {0, 0, -100}, {0, -1, 50}}});
  EXPECT_TRUE(negative.Map({150, 75}, kVisible).has_value());
  EXPECT_FALSE(negative.Map({150, 20}, kVisible).has_value());
}

}  // namespace
}  // namespace spotter
