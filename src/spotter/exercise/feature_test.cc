// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/feature.h"

#include <set>

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

TEST(FeatureTest, EveryNameIsDistinctAndParsesBack) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    const auto feature = static_cast<Feature>(i);
    EXPECT_TRUE(names.insert(Name(feature)).second) << Name(feature);
    const std::optional<FeatureRef> ref = ParseFeature(Name(feature));
    ASSERT_TRUE(ref.has_value()) << Name(feature);
    EXPECT_EQ(ref->feature, feature);
    EXPECT_EQ(ref->side, SideUse::kMean);
  }
}

TEST(FeatureTest, SidesExistOnlyOfPairedFeatures) {
  EXPECT_EQ(ParseFeature("elbow.min")->side, SideUse::kMin);
  EXPECT_FALSE(ParseFeature("torso_lean.left").has_value());
  EXPECT_FALSE(ParseFeature("elbow.both").has_value());
  EXPECT_FALSE(ParseFeature("tail").has_value());
  EXPECT_FALSE(ParseFeature("").has_value());
}

TEST(FeatureTest, AMissingSideLeavesTheOther) {
  FeatureFrame frame;
  const auto elbow = static_cast<std::size_t>(Feature::kElbow);
  frame.left[elbow] = 1;
  frame.right[elbow] = kMissing;
  EXPECT_EQ(frame.Get({Feature::kElbow, SideUse::kMin}), 1);
  EXPECT_EQ(frame.Get({Feature::kElbow, SideUse::kMax}), 1);
  EXPECT_TRUE(std::isnan(frame.Get({Feature::kElbow, SideUse::kDiff})));
  EXPECT_TRUE(std::isnan(frame.Get({Feature::kElbow, SideUse::kLead})));
}

TEST(FeatureTest, TheLeadIsLeftMinusRight) {
  FeatureFrame frame;
  const auto wrists = static_cast<std::size_t>(Feature::kWristHeight);
  frame.left[wrists] = -0.5F;
  frame.right[wrists] = -0.25F;
  EXPECT_EQ(frame.Get({Feature::kWristHeight, SideUse::kLead}), -0.25F);
  EXPECT_EQ(frame.Get({Feature::kWristHeight, SideUse::kDiff}), 0.25F);
}

TEST(FeatureTest, ANameWithItsSideParsesBack) {
  for (const SideUse side : {SideUse::kMean, SideUse::kMin, SideUse::kDiff, SideUse::kLead}) {
    const FeatureRef elbow{Feature::kElbow, side};
    EXPECT_EQ(ParseFeature(Name(elbow)), elbow);
  }
  EXPECT_EQ(Name(FeatureRef{Feature::kElbow, SideUse::kLead}), "elbow.lead");
}

}  // namespace
}  // namespace spotter::exercise
