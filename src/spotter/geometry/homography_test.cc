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

TEST(Homography, TheWayBackLeadsToTheSamePoint) {
  const Homography image_from_floor = kFloorFromImage.Inverse();
  const std::optional<Point> pixel = image_from_floor.Map({2, 4}, {0, 1});
  ASSERT_TRUE(pixel.has_value());
  EXPECT_NEAR(pixel->x, 150, 1e-3);
  EXPECT_NEAR(pixel->y, 75, 1e-3);
}

TEST(Homography, OfAPolygonThePartBehindTheCameraIsCutOff) {
  const Homography image_from_floor = kFloorFromImage.Inverse();
  const Polygon ahead = {{-1, 1}, {1, 1}, {1, 4}, {-1, 4}};
  EXPECT_EQ(image_from_floor.Map(ahead, {0, 1}).size(), 4U);
  const Polygon around = {{-1, -2}, {1, -2}, {1, 4}, {-1, 4}};
  const Polygon seen = image_from_floor.Map(around, {0, 1});
  ASSERT_EQ(seen.size(), 4U);
  for (const Point corner : seen) EXPECT_GE(corner.y, 75) << "below the far edge";
  EXPECT_LT(image_from_floor.Map({{-1, -2}, {1, -2}, {0, -1}}, {0, 1}).size(), 3U);
}

}  // namespace
}  // namespace spotter
