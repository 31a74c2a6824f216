// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/region.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

const Polygon kSquare = {{0, 0}, {4, 0}, {4, 4}, {0, 4}};

TEST(Region, DepthIsTheWayToTheNearestBorder) {
  const Region square{.outline = kSquare, .holes = {}};
  EXPECT_NEAR(SignedDepth(square, {1, 2}), 1, 1e-6);
  EXPECT_NEAR(SignedDepth(square, {2, 2}), 2, 1e-6);
  EXPECT_NEAR(SignedDepth(square, {-3, 2}), -3, 1e-6);
  EXPECT_NEAR(SignedDepth(square, {7, 8}), -5, 1e-6);  // from the corner
  EXPECT_NEAR(SignedDepth(square, {4, 1}), 0, 1e-6);
}

TEST(Region, AHoleIsOutside) {
  const Region ring{.outline = kSquare, .holes = {{{1, 1}, {3, 1}, {3, 3}, {1, 3}}}};
  EXPECT_NEAR(SignedDepth(ring, {2, 2}), -1, 1e-6);
  EXPECT_NEAR(SignedDepth(ring, {0.5F, 2}), 0.5, 1e-6);
  EXPECT_NEAR(SignedDepth(ring, {1.25F, 2}), -0.25, 1e-6);
}

TEST(Region, TheWayRoundDoesNotMatter) {
  const Region turned{.outline = {{0, 4}, {4, 4}, {4, 0}, {0, 0}}, .holes = {}};
  EXPECT_NEAR(SignedDepth(turned, {1, 2}), 1, 1e-6);
  EXPECT_NEAR(Area(turned.outline), 16, 1e-6);
}

TEST(Region, ASelfCrossingOutlineIsFound) {
  EXPECT_FALSE(CrossesItself(kSquare));
  EXPECT_FALSE(CrossesItself({{0, 0}, {4, 0}, {2, 1}, {2, 4}}));         // a dent
  EXPECT_TRUE(CrossesItself({{0, 0}, {4, 4}, {4, 0}, {0, 4}}));          // a bow tie
  EXPECT_TRUE(CrossesItself({{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}}));  // a corner on another edge
}

}  // namespace
}  // namespace spotter
