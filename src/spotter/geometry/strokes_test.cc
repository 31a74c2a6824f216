// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/strokes.h"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace spotter {
namespace {

// `periods` to and fro of `extent`, along the direction of `angle` (radians).
std::vector<Point> ToAndFro(int periods, float extent, float angle) {
  std::vector<Point> path;
  constexpr int kSteps = 30;
  for (int i = 0; i <= periods * kSteps; ++i) {
    const float phase = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / kSteps;
    const float along = 0.5F * extent * std::cos(phase);
    path.push_back({along * std::cos(angle), along * std::sin(angle)});
  }
  return path;
}

TEST(Strokes, EachWayIsCounted) {
  for (const float angle : {0.0F, 0.7F, 1.5F, -1.0F}) {
    const Strokes strokes = MeasureStrokes(ToAndFro(3, 0.5F, angle), {.least = 0.1});
    EXPECT_EQ(strokes.count, 6) << angle;
    EXPECT_NEAR(strokes.extent, 0.5, 0.04) << angle;
    EXPECT_NEAR(strokes.width, 0, 1e-3) << angle;
  }
}

TEST(Strokes, TremorIsNone) {
  EXPECT_EQ(MeasureStrokes(ToAndFro(10, 0.05F, 0.3F), {.least = 0.1}).count, 0);
  EXPECT_EQ(MeasureStrokes(std::vector<Point>(50, Point{1, 2}), {.least = 0.1}).count, 0);
}

TEST(Strokes, TheWantedLengthMayBeAShareOfTheExtent) {
  std::vector<Point> path = ToAndFro(10, 0.05F, 0);
  const Strokes tremor = MeasureStrokes(path, {.least = 0.01, .share = 0.25});
  EXPECT_GT(tremor.count, 15);
  path.insert(path.end(), path.size() / 2, {1, 0});
  EXPECT_EQ(MeasureStrokes(path, {.least = 0.01, .share = 0.25}).count, 1) << "of a path that goes somewhere";
}

TEST(Strokes, ASingleWayIsOneStroke) {
  const std::vector<Point> path = {{0, 0}, {0.1F, 0}, {0.3F, 0}, {0.5F, 0}, {1, 0}};
  EXPECT_EQ(MeasureStrokes(path, {.least = 0.1}).count, 1);
}

TEST(Strokes, TooFewPointsHaveNone) {
  EXPECT_EQ(MeasureStrokes({}, {.least = 0.1}).count, 0);
  EXPECT_EQ(MeasureStrokes(std::vector<Point>{{0, 0}, {1, 0}}, {.least = 0.1}).count, 0);
}

}  // namespace
}  // namespace spotter
