// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/path.h"

#include <array>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace spotter::render {
namespace {

constexpr Color kWhite{255, 255, 255};

// Painted area in pixels of white on black.
double Area(const Canvas& canvas) {
  double sum = 0;
  for (int y = 0; y < canvas.height(); ++y)
    for (int x = 0; x < canvas.width(); ++x) sum += canvas.At(x, y).g / 255.0;
  return sum;
}

TEST(Path, ShapesCoverTheirExactArea) {
  Canvas canvas(64, 64);
  FillCircle(canvas, {32.3F, 31.8F}, 20, {kWhite, 1});
  EXPECT_NEAR(Area(canvas), 3.14159 * 20 * 20, 8);

  Canvas line(64, 64);
  DrawLine(line, {{10, 12}, {50, 42}}, 6, {kWhite, 1});
  EXPECT_NEAR(Area(line), 50 * 6 + 3.14159 * 9, 3);

  Canvas rounded(64, 64);
  FillRoundedRect(rounded, {4.5F, 4.25F, 40, 30}, 8, {kWhite, 1});
  EXPECT_NEAR(Area(rounded), 35.5 * 25.75 - (4 - 3.14159) * 64, 2);
}

TEST(Path, PixelsAtTheEdgeGetTheirCoveredShare) {
  Canvas canvas(8, 8);
  FillRect(canvas, {1.25F, 2, 4, 5.5F}, {kWhite, 1});
  EXPECT_EQ(canvas.At(1, 3).g, 191);  // three quarters
  EXPECT_EQ(canvas.At(2, 3), kWhite);
  EXPECT_EQ(canvas.At(2, 5).g, 128);
  EXPECT_EQ(canvas.At(4, 3), Color{});
  EXPECT_EQ(canvas.At(2, 6), Color{});
}

TEST(Path, ARectFilledAsAPathIsTheSameAsARect) {
  const Box rect{2.3F, -4, 21.6F, 15.1F};
  const Paint paint{{200, 100, 50}, 0.6F};
  Canvas one(20, 20, {10, 90, 200});
  FillRect(one, rect, paint);
  Canvas two(20, 20, {10, 90, 200});
  Path path;
  path.AddRect(rect);
  Fill(two, path, paint);
  for (int y = 0; y < 20; ++y)
    for (int x = 0; x < 20; ++x) EXPECT_NEAR(one.At(x, y).r, two.At(x, y).r, 1) << x << "," << y;
}

TEST(Path, OpacityMixesWithWhatWasThere) {
  Canvas canvas(4, 4, {100, 100, 100});
  FillRect(canvas, {0, 0, 4, 4}, {{200, 0, 100}, 0.5F});
  EXPECT_NEAR(canvas.At(1, 1).r, 150, 1);
  EXPECT_NEAR(canvas.At(1, 1).g, 50, 1);
  EXPECT_EQ(canvas.At(1, 1).b, 100);
}

TEST(Path, OverlappingShapesOfOnePathUnite) {
  Canvas canvas(40, 40);
  Path path;
  path.AddLine({5, 20}, {35, 20}, 8);
  path.AddLine({35, 20}, {5, 20}, 8);  // drawn backwards: still no hole
  path.AddCircle({20, 20}, 6);
  Fill(canvas, path, {kWhite, 0.5F});
  EXPECT_EQ(canvas.At(20, 20).g, 128);
  EXPECT_EQ(canvas.At(10, 20).g, 128);
}

TEST(Path, WhatLiesOutsideIsCutOff) {
  Canvas canvas(16, 16);
  FillRect(canvas, {-1e9F, -1e9F, 1e9F, 8}, {kWhite, 1});
  EXPECT_EQ(canvas.At(0, 7), kWhite);
  EXPECT_EQ(canvas.At(15, 0), kWhite);
  EXPECT_EQ(canvas.At(7, 8), Color{});

  Canvas far(16, 16);
  FillCircle(far, {-30, 5}, 10, {kWhite, 1});
  DrawLine(far, {{100, -5}, {300, 900}}, 4, {kWhite, 1});
  FillRect(far, {8, 8, 4, 12}, {kWhite, 1});  // turned inside out: empty
  EXPECT_EQ(Area(far), 0);

  Canvas crossing(16, 16);
  DrawLine(crossing, {{-5000, 8}, {5000, 8}}, 2, {kWhite, 1});
  EXPECT_NEAR(Area(crossing), 16 * 2, 0.1);
}

TEST(Path, CoordinatesThatAreNoNumbersPaintNothing) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  Canvas canvas(16, 16);
  FillRect(canvas, {kNan, 0, 8, 8}, {kWhite, 1});
  FillRoundedRect(canvas, {0, 0, kInfinity, 8}, 2, {kWhite, 1});
  FillCircle(canvas, {8, 8}, kNan, {kWhite, 1});
  DrawLine(canvas, {{0, 0}, {kInfinity, kNan}}, 2, {kWhite, 1});
  Fill(canvas, Path(), {kWhite, 1});
  EXPECT_EQ(Area(canvas), 0);
}

}  // namespace
}  // namespace spotter::render
