// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/letterbox.h"

#include <gtest/gtest.h>

namespace spotter::perceive {
namespace {

TEST(ChooseInputSize, FollowsTheShapeOfTheFrame) {
  EXPECT_EQ(ChooseInputSize({1920, 1080}, 288), (Size{512, 288}));
  EXPECT_EQ(ChooseInputSize({1280, 720}, 288), (Size{512, 288}));
  EXPECT_EQ(ChooseInputSize({1080, 1920}, 288), (Size{288, 512}));
  EXPECT_EQ(ChooseInputSize({640, 480}, 288), (Size{448, 320}));
  EXPECT_EQ(ChooseInputSize({480, 480}, 288), (Size{384, 384}));
}

TEST(ChooseInputSize, StaysWithinTheAreaAndOnMultiplesOf32) {
  for (const Size frame : {Size{1920, 1080}, {720, 1280}, {640, 480}, {1, 4000}, {4000, 1}, {333, 777}}) {
    for (const int pose_size : {32, 224, 288, 384, 544}) {
      const Size input = ChooseInputSize(frame, pose_size);
      EXPECT_EQ(input.width % 32, 0);
      EXPECT_EQ(input.height % 32, 0);
      EXPECT_GT(input.width, 0);
      EXPECT_GT(input.height, 0);
      EXPECT_LE(input.width * input.height, pose_size * pose_size * 16 / 9);
    }
  }
}

TEST(Letterbox, KeepsTheShapeAndMapsBack) {
  const Letterbox box = Letterbox::Fit({1920, 1080}, {512, 320});
  EXPECT_EQ(box.picture, (Size{512, 288}));
  const Point corner = box.FrameFromInput(Point{512, 288});
  EXPECT_NEAR(corner.x, 1, 1e-6);
  EXPECT_NEAR(corner.y, 1, 1e-6);
  const Box half = box.FrameFromInput(Box{0, 0, 256, 144});
  EXPECT_NEAR(half.x1, 0.5, 1e-6);
  EXPECT_NEAR(half.y1, 0.5, 1e-6);
}

TEST(Letterbox, AFrameOfOnePixelStillHasAPicture) {
  const Letterbox box = Letterbox::Fit({4000, 1}, {1024, 32});
  EXPECT_EQ(box.picture, (Size{1024, 1}));
}

}  // namespace
}  // namespace spotter::perceive
