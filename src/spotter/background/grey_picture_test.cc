// SPDX-License-Identifier: Apache-2.0
#include "spotter/background/grey_picture.h"

#include <gtest/gtest.h>

namespace spotter::background {
namespace {

TEST(GreyPicture, APixelIsTheMeanOfItsBlock) {
  constexpr int kRow = 644;  // bytes: four beyond the picture
  std::vector<std::uint8_t> luma(std::size_t{kRow} * 4, 100);
  luma[0] = 120;
  luma[kRow + 1] = 140;
  Frame frame;
  frame.width = 640;
  frame.height = 4;
  frame.planes[0] = {luma.data(), kRow};
  const GreyPicture grey = ToGrey(frame, Pts(5));
  EXPECT_EQ(grey.width, 320);
  EXPECT_EQ(grey.height, 2);
  EXPECT_EQ(grey.pts, Pts(5));
  EXPECT_EQ(grey.pixels[0], 115);
  EXPECT_EQ(grey.pixels[grey.IndexOf(319, 1)], 100);
}

TEST(GreyPicture, AreasEndAtThePicture) {
  const GreyPicture picture{.pts = {}, .width = 100, .height = 50, .pixels = {}};
  const PixelArea area = AreaOf(picture, Grown({0.5F, 0.5F, 0.9F, 1.2F}, 0.5F));
  EXPECT_EQ(area.x0, 30);
  EXPECT_EQ(area.x1, 100);
  EXPECT_EQ(area.y0, 7);
  EXPECT_EQ(area.y1, 50);
  EXPECT_TRUE(area.Contains(30, 7));
  EXPECT_FALSE(area.Contains(100, 7));
}

}  // namespace
}  // namespace spotter::background
