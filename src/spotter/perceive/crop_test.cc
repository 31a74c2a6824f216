// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/crop.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "spotter/perceive/testing/painted_frame.h"

namespace spotter::perceive {
namespace {

using testing::PaintedFrame;

constexpr int kSide = 64;

class CropPicture {
 public:
  CropPicture(const Frame& frame, const CropRegion& region) : rgb_(kSide * kSide * 3) {
    FramePyramid pyramid(frame);
    FillCrop(pyramid, region, kSide, rgb_);
  }
  int red(int x, int y) const { return at(x, y, 0); }
  int at(int x, int y, int channel) const { return rgb_[(static_cast<std::size_t>(y) * kSide + x) * 3 + channel]; }

 private:
  std::vector<std::uint8_t> rgb_;
};

TEST(FillCrop, AnUprightCropOfTheSameScaleIsTheFrameItself) {
  const Frame frame = PaintedFrame(200, 150, [](int x, int y) { return (x * 5 + y * 3) % 256; });
  const CropPicture crop(frame, {{100, 70}, 0.5F * kSide, 0});
  for (int y = 0; y < kSide; y += 7) {
    for (int x = 0; x < kSide; x += 7) {
      EXPECT_NEAR(crop.red(x, y), ((x + 68) * 5 + (y + 38) * 3) % 256, 1) << x << "," << y;
    }
  }
}

TEST(FillCrop, IsTurnedSoThatTheGivenDirectionIsUp) {
  // Bright where x > 100; a crop whose up points right sees the bright half above.
  const Frame frame = PaintedFrame(200, 200, [](int x, int) { return x > 100 ? 200 : 50; });
  const CropPicture crop(frame, {{100, 100}, 40, std::numbers::pi_v<float> / 2});
  EXPECT_NEAR(crop.red(kSide / 2, 5), 200, 1);
  EXPECT_NEAR(crop.red(kSide / 2, kSide - 5), 50, 1);
}

TEST(FillCrop, ShrinkingAveragesInsteadOfSkipping) {
  const Frame frame = PaintedFrame(640, 640, [](int x, int y) { return (x + y) % 2 == 0 ? 0 : 200; });
  const CropPicture crop(frame, {{320, 320}, 200, 0.3F});
  for (int y = 0; y < kSide; y += 5) {
    for (int x = 0; x < kSide; x += 5) EXPECT_NEAR(crop.red(x, y), 100, 2) << x << "," << y;
  }
}

TEST(FillCrop, OutsideTheFrameItIsBlack) {
  const Frame frame = PaintedFrame(100, 100, [](int, int) { return 180; });
  const CropPicture crop(frame, {{0, 0}, 50, 0});
  EXPECT_EQ(crop.red(5, 5), 0);
  EXPECT_EQ(crop.red(kSide - 5, 5), 0);
  EXPECT_NEAR(crop.red(kSide - 5, kSide - 5), 180, 1);
  const CropPicture far_away(frame, {{5000, -4000}, 900, 1});
  EXPECT_EQ(far_away.red(kSide / 2, kSide / 2), 0);
}

TEST(FillCrop, ColoursFollowTheMatrixAndTheRange) {
  // Rec. 601, full range: pure red is Y 76, U 85, V 255.
  const Frame frame = PaintedFrame(100, 100, [](int, int) { return 76; }, {85, 255});
  const CropPicture crop(frame, {{50, 50}, 20, 0});
  EXPECT_NEAR(crop.at(30, 30, 0), 254, 2);
  EXPECT_NEAR(crop.at(30, 30, 1), 0, 2);
  EXPECT_NEAR(crop.at(30, 30, 2), 0, 2);
}

TEST(CropRegion, CornersMapOntoTheFrame) {
  const CropRegion region{{100, 50}, 20, std::numbers::pi_v<float> / 2};
  const Point up = region.FrameFromCrop({0, -1});
  EXPECT_NEAR(up.x, 120, 1e-4);
  EXPECT_NEAR(up.y, 50, 1e-4);
}

}  // namespace
}  // namespace spotter::perceive
