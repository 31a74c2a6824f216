// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/spot_chooser.h"

#include <array>

#include <gtest/gtest.h>

namespace spotter::render {
namespace {

constexpr Box kBounds{0, 0, 200, 100};

TEST(SpotChooser, TheFirstCandidateWinsWhenAllAreFree) {
  SpotChooser spots(kBounds);
  const std::array<Box, 2> candidates{{{10, 10, 50, 20}, {10, 30, 50, 40}}};
  EXPECT_EQ(spots.Choose(candidates, {}).index, 0U);
}

TEST(SpotChooser, LabelsDoNotCoverEachOther) {
  SpotChooser spots(kBounds);
  const std::array<Box, 3> candidates{{{10, 10, 50, 20}, {12, 15, 52, 25}, {10, 30, 50, 40}}};
  EXPECT_EQ(spots.Choose(candidates, {}).index, 0U);
  EXPECT_EQ(spots.Choose(candidates, {}).index, 2U);
}

TEST(SpotChooser, BoxesAreMovedInsideTheBounds) {
  SpotChooser spots(kBounds);
  const std::array<Box, 1> corner{{{180, -30, 220, -20}}};
  EXPECT_EQ(spots.Choose(corner, {}).box, (Box{160, 0, 200, 10}));
  const std::array<Box, 1> too_wide{{{50, 95, 350, 105}}};
  EXPECT_EQ(spots.Choose(too_wide, {}).box, (Box{0, 90, 300, 100}));
}

TEST(SpotChooser, FacesAreLeftFree) {
  SpotChooser spots(kBounds);
  spots.AddObstacle({0, 0, 60, 25}, 1);
  const std::array<Box, 2> candidates{{{10, 10, 50, 20}, {10, 30, 50, 40}}};
  EXPECT_EQ(spots.Choose(candidates, {}).index, 1U);
}

TEST(SpotChooser, ALabelStaysWhereItWasUnlessThatIsClearlyWorse) {
  const std::array<Box, 2> candidates{{{10, 10, 50, 20}, {10, 30, 50, 40}}};
  SpotChooser free(kBounds);
  EXPECT_EQ(free.Choose(candidates, 1).index, 1U);
  SpotChooser taken(kBounds);
  taken.AddObstacle({0, 28, 60, 60}, 4);
  EXPECT_EQ(taken.Choose(candidates, 1).index, 0U);
}

}  // namespace
}  // namespace spotter::render
