// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/appearance_sampler.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "spotter/perceive/testing/painted_frame.h"

namespace spotter::perceive {
namespace {

using testing::Chroma;
using testing::PaintedFrame;

constexpr int kWidth = 64;
constexpr int kHeight = 128;
constexpr int kWaist = 64;          // pixels from the top: the hips
constexpr Chroma kRed = {90, 220};  // U, V
constexpr Chroma kBlue = {200, 100};
constexpr Chroma kNeutral = {128, 128};

// Seen from the front: shoulders at a quarter of the picture, hips at the middle, knees at three quarters.
Pose Standing() {
  Pose pose;
  const auto put = [&](KeypointId left, KeypointId right, float y) {
    pose[left] = {0.7F, y, 0.9F};
    pose[right] = {0.3F, y, 0.9F};
  };
  put(KeypointId::kLeftShoulder, KeypointId::kRightShoulder, 0.25F);
  put(KeypointId::kLeftHip, KeypointId::kRightHip, 0.5F);
  put(KeypointId::kLeftKnee, KeypointId::kRightKnee, 0.75F);
  return pose;
}

Frame Dressed(Chroma upper, Chroma lower, int luma = 120) {
  return PaintedFrame(
      kWidth, kHeight, [luma](int, int) { return luma; }, [=](int, int y) { return 2 * y < kWaist ? upper : lower; });
}

float Sum(const Appearance::Histogram& histogram) { return std::accumulate(histogram.begin(), histogram.end(), 0.0F); }

float Greys(const Appearance::Histogram& histogram) {
  return std::accumulate(histogram.end() - Appearance::kGreys, histogram.end(), 0.0F);
}

// The hue with the most samples of any saturation.
std::size_t MainHue(const Appearance::Histogram& histogram) {
  const auto hues = histogram.end() - Appearance::kGreys;
  return static_cast<std::size_t>(std::max_element(histogram.begin(), hues) - histogram.begin()) % Appearance::kHues;
}

TEST(SampleAppearance, TellsTheColoursOfTrunkAndThighs) {
  const Appearance seen = SampleAppearance(Dressed(kRed, kBlue), Standing());
  ASSERT_TRUE(seen.upper && seen.lower);
  EXPECT_NEAR(Sum(*seen.upper), 1, 1e-5);
  EXPECT_NEAR(Sum(*seen.lower), 1, 1e-5);
  EXPECT_NEAR(Greys(*seen.upper), 0, 1e-6);
  EXPECT_EQ(MainHue(*seen.upper), MainHue(*SampleAppearance(Dressed(kRed, kRed), Standing()).lower));
  EXPECT_NE(MainHue(*seen.upper), MainHue(*seen.lower));
}

TEST(SampleAppearance, SortsBlackGreyAndWhiteByBrightness) {
  const auto mean_grey = [](int luma) {
    const Appearance seen = SampleAppearance(Dressed(kNeutral, kNeutral, luma), Standing());
    EXPECT_NEAR(Greys(*seen.upper), 1, 1e-5);
    double sum = 0;
    for (std::size_t i = 0; i < Appearance::kGreys; ++i) {
      sum += static_cast<double>(i) * (*seen.upper)[Appearance::kHues * Appearance::kSaturations + i];
    }
    return sum;
  };
  EXPECT_NEAR(mean_grey(0), 0, 1e-5);
  EXPECT_NEAR(mean_grey(255), Appearance::kGreys - 1, 1e-5);
  EXPECT_LT(mean_grey(60), mean_grey(64));
}

TEST(SampleAppearance, KeepsTheHueWhenTheLightGrows) {
  const Chroma dim = {109, 174};  // half of kRed's colour
  const Appearance bright = SampleAppearance(Dressed(kRed, kRed, 160), Standing());
  const Appearance dark = SampleAppearance(Dressed(dim, dim, 80), Standing());
  EXPECT_EQ(MainHue(*bright.upper), MainHue(*dark.upper));
}

TEST(SampleAppearance, GivesNoneForWhatIsNotSeen) {
  Pose hidden_trunk = Standing();
  hidden_trunk[KeypointId::kLeftShoulder].confidence = 0.1F;
  const Appearance legs_only = SampleAppearance(Dressed(kRed, kBlue), hidden_trunk);
  EXPECT_FALSE(legs_only.upper);
  EXPECT_TRUE(legs_only.lower);
  EXPECT_EQ(SampleAppearance(Dressed(kRed, kBlue), Pose{}), Appearance{});
}

TEST(SampleAppearance, LeavesOutWhatIsOutsideOfTheFrame) {
  Pose far = Standing();
  for (Keypoint& joint : far.keypoints) joint.x += 5;
  EXPECT_EQ(SampleAppearance(Dressed(kRed, kBlue), far), Appearance{});
  for (Keypoint& joint : far.keypoints) joint.x = std::nanf("");
  EXPECT_EQ(SampleAppearance(Dressed(kRed, kBlue), far), Appearance{});
}

TEST(SampleAppearance, TakesAFrameOfOnePixel) {
  const Frame frame = PaintedFrame(1, 1, [](int, int) { return 255; });
  EXPECT_TRUE(SampleAppearance(frame, Standing()).upper);
}

}  // namespace
}  // namespace spotter::perceive
