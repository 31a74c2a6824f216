// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/polygon.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

TEST(Polygon, ContainsWhatLiesInsideInEitherOrderOfCorners) {
  const Polygon square = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
  const Polygon turned(square.rbegin(), square.rend());
  for (const Polygon& polygon : {square, turned}) {
    EXPECT_TRUE(Contains(polygon, {0.5F, 0.5F}));
    EXPECT_FALSE(Contains(polygon, {1.5F, 0.5F}));
    EXPECT_FALSE(Contains(polygon, {0.5F, -0.1F}));
  }
}

TEST(Polygon, TheNotchOfAConcavePolygonIsOutside) {
  const Polygon arrow = {{0, 0}, {2, 0}, {2, 2}, {1, 0.5F}, {0, 2}};
  EXPECT_FALSE(Contains(arrow, {1, 1.5F}));
  EXPECT_TRUE(Contains(arrow, {0.2F, 1}));
  EXPECT_TRUE(Contains(arrow, {1.8F, 1}));
}

TEST(Polygon, WithoutAreaHoldsNothing) {
  EXPECT_FALSE(Contains({}, {0, 0}));
  EXPECT_FALSE(Contains({{0, 0}, {1, 1}}, {0.5F, 0.5F}));
}

}  // namespace
}  // namespace spotter
