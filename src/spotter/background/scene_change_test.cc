// SPDX-License-Identifier: Apache-2.0
#include "spotter/background/scene_change.h"

#include <array>

#include <gtest/gtest.h>

namespace spotter::background {
namespace {

constexpr int kWidth = 20;
constexpr int kHeight = 10;

// Left half dark, right half bright.
std::vector<float> TwoTones() {
  std::vector<float> scene(std::size_t{kWidth} * kHeight);
  for (std::size_t i = 0; i < scene.size(); ++i) scene[i] = i % kWidth < kWidth / 2 ? 40.0F : 120.0F;
  return scene;
}

std::vector<float> With(std::vector<float> scene, const PixelArea& area, float level) {
  for (int y = area.y0; y < area.y1; ++y)
    for (int x = area.x0; x < area.x1; ++x)
      scene[static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)] = level;
  return scene;
}

TEST(SceneChange, TheLightIsFoundInSpiteOfWhatCameAndWhatIsHidden) {
  const std::vector<float> before = TwoTones();
  std::vector<float> after = before;
  for (float& level : after) level = 0.5F * level + 30;
  after = With(With(after, {0, 0, 4, 4}, 250), {12, 0, 20, 3}, kUnseen);
  const Light light = FitLight(before, after);
  EXPECT_NEAR(light.gain, 0.5F, 0.02F);
  EXPECT_NEAR(light.TakenOff(light.On(77)), 77, 1e-3);
  EXPECT_NEAR(light.On(120), 90, 1);
}

TEST(SceneChange, OfOneToneOnlyTheOffsetIsKnown) {
  const std::vector<float> before(100, 80);
  const std::vector<float> after(100, 95);
  EXPECT_EQ(FitLight(before, after).gain, 1);
  EXPECT_EQ(FitLight(before, after).offset, 15);
  EXPECT_EQ(FitLight(std::vector<float>(100, kUnseen), after).offset, 0) << "nothing was seen before";
}

TEST(SceneChange, PatchesHangTogetherBySides) {
  const std::array<bool, 12> marks = {true,  true,  false, false,  //
                                      false, true,  false, true,   //
                                      false, false, true,  true};
  const std::vector<Patch> patches = FindPatches(std::vector<bool>(marks.begin(), marks.end()), 4);
  ASSERT_EQ(patches.size(), 2U);
  EXPECT_EQ(patches[0].pixels, (std::vector<std::size_t>{0, 1, 5}));
  EXPECT_EQ(patches[1].area.x0, 2);
  EXPECT_EQ(patches[1].area.y1, 3);
  EXPECT_EQ(patches[1].pixels.size(), 3U) << "not across the end of a row";
}

TEST(SceneChange, EdgesSayWhetherSomethingWasLeftOrTaken) {
  const PixelArea place = {2, 3, 7, 7};
  const std::vector<float> empty(kWidth * kHeight, 90);
  const std::vector<float> full = With(empty, place, 200);
  std::vector<bool> marked(empty.size());
  for (std::size_t i = 0; i < empty.size(); ++i) marked[i] = full[i] != empty[i];
  const std::vector<Patch> patches = FindPatches(marked, kWidth);
  ASSERT_EQ(patches.size(), 1U);
  EXPECT_EQ(ExplainPatch({kWidth, empty, full}, patches[0]), ObjectChange::kLeft);
  EXPECT_EQ(ExplainPatch({kWidth, full, empty}, patches[0]), ObjectChange::kTaken);
  EXPECT_EQ(ExplainPatch({kWidth, empty, empty}, patches[0]), ObjectChange::kNone);
}

}  // namespace
}  // namespace spotter::background
