// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/camera_shift.h"

#include <vector>

#include <gtest/gtest.h>

namespace spotter::track {
namespace {

std::vector<Box> Crowd(std::size_t people) {
  std::vector<Box> boxes;
  for (std::size_t i = 0; i < people; ++i) {
    const std::size_t row = i / 5;
    const float x = 0.3F * static_cast<float>(i % 5);
    const float y = 0.5F * static_cast<float>(row) + 0.01F * static_cast<float>(i);
    boxes.push_back({x, y, x + 0.15F, y + 0.4F});
  }
  return boxes;
}

std::vector<Box> Moved(std::vector<Box> boxes, Point by) {
  for (Box& box : boxes) box = {box.x0 + by.x, box.y0 + by.y, box.x1 + by.x, box.y1 + by.y};
  return boxes;
}

TEST(CommonShift, FindsHowFarThePictureMoved) {
  const Point shift = CommonShift(Crowd(10), Moved(Crowd(10), {0.12F, -0.03F}), {});
  EXPECT_NEAR(shift.x, 0.12F, 1e-3);
  EXPECT_NEAR(shift.y, -0.03F, 1e-3);
}

TEST(CommonShift, DoesNotMindAFewWhoWalkTheirOwnWay) {
  std::vector<Box> seen = Moved(Crowd(10), {0.12F, 0});
  seen[3] = Crowd(10)[3];
  seen[7] = Crowd(10)[7];
  EXPECT_NEAR(CommonShift(Crowd(10), seen, {}).x, 0.12F, 0.01F);
}

TEST(CommonShift, IsNothingWhenPeopleGoDifferentWays) {
  std::vector<Box> seen = Crowd(10);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const float step = 0.06F * (static_cast<float>(i % 3) - 1);
    seen[i] = Moved({seen[i]}, {step, (i % 2 == 0) ? 0.06F : -0.06F})[0];
  }
  EXPECT_EQ(CommonShift(Crowd(10), seen, {}), Point{});
}

TEST(CommonShift, IsNothingForAHandfulOfPeopleWhoMoveTogether) {
  EXPECT_EQ(CommonShift(Crowd(4), Moved(Crowd(4), {0.12F, 0}), {}), Point{});
}

TEST(CommonShift, TakesEmptyPictures) {
  EXPECT_EQ(CommonShift({}, {}, {}), Point{});
  EXPECT_EQ(CommonShift(Crowd(10), {}, {}), Point{});
}

}  // namespace
}  // namespace spotter::track
