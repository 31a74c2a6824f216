// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/pose_filter.h"

#include <gtest/gtest.h>

#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::Photographer;
using testing::Squatting;
using testing::ThereAndBack;

constexpr KeypointId kWrist = KeypointId::kLeftWrist;

std::vector<Joints> Film(double fps, int frames) {
  Photographer photographer({});
  std::vector<Joints> film;
  for (int i = 0; i < frames; ++i) {
    const double t = i / fps;
    film.push_back(MakeJoints(photographer.Photograph(Squatting(ThereAndBack(t / 2))), FromSeconds(t), 16.0F / 9));
  }
  return film;
}

std::vector<Joints> Filter(const std::vector<Joints>& film) {
  PoseFilter filter;
  std::vector<Joints> result;
  for (const Joints& joints : film) {
    if (const auto ready = filter.Push(joints)) result.push_back(*ready);
  }
  while (const auto ready = filter.Flush()) result.push_back(*ready);
  return result;
}

TEST(PoseFilterTest, KeepsEveryFrameAndItsTimeWithoutLag) {
  for (const double fps : {8.0, 15.0, 30.0}) {
    const std::vector<Joints> film = Film(fps, 40);
    const std::vector<Joints> filtered = Filter(film);
    ASSERT_EQ(filtered.size(), film.size());
    for (std::size_t i = 0; i < film.size(); ++i) {
      EXPECT_EQ(filtered[i].pts, film[i].pts);
      EXPECT_LT(Distance(filtered[i][kWrist].at, film[i][kWrist].at), 0.02F) << fps << " " << i;
    }
  }
}

TEST(PoseFilterTest, RemovesABurstOfTwoWrongFrames) {
  std::vector<Joints> film = Film(30, 30);
  const Joints truth = film[15];
  film[15][kWrist].at = {0.1F, 0.1F};
  film[16][kWrist].at = {0.1F, 0.1F};
  EXPECT_LT(Distance(Filter(film)[15][kWrist].at, truth[kWrist].at), 0.03F);
}

TEST(PoseFilterTest, UndoesAShortSwapOfLeftAndRight) {
  Photographer photographer({.yaw_deg = 90});
  std::vector<Joints> film;
  film.reserve(30);
  for (int i = 0; i < 30; ++i)
    film.push_back(MakeJoints(photographer.Photograph(Squatting(0)), FromSeconds(i / 15.0), 1));
  const Joints truth = film[10];
  for (int i = 10; i < 13; ++i) {
    for (const KeypointId left : {KeypointId::kLeftShoulder, KeypointId::kLeftElbow, KeypointId::kLeftWrist})
      std::swap(film[static_cast<std::size_t>(i)][left], film[static_cast<std::size_t>(i)][Mirrored(left)]);
  }
  EXPECT_LT(Distance(Filter(film)[11][kWrist].at, truth[kWrist].at), 0.005F);
}

TEST(PoseFilterTest, StartsAgainAfterAGap) {
  PoseFilter filter;
  const std::vector<Joints> film = Film(15, 10);
  for (const Joints& joints : film) filter.Push(joints);
  Joints late = film[0];
  late.pts = FromSeconds(30);
  filter.Push(late);
  const auto ready = filter.Flush();
  ASSERT_TRUE(ready.has_value());
  EXPECT_EQ(ready->pts, late.pts);
  EXPECT_FALSE(filter.Flush().has_value());
}

}  // namespace
}  // namespace spotter::exercise
