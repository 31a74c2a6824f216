// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/activity_classifier.h"

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

// What is seen after `seconds` of somebody whose short legs look like a sitting person's, and who goes to the side with
// `speed` torso lengths a second.
Activity SeenAfter(double seconds, float speed) {
  constexpr double kRate = 15;
  FeatureHistory history;
  ActivityClassifier classifier;
  Activity activity = Activity::kUnknown;
  for (int i = 0; i <= seconds * kRate; ++i) {
    FeatureFrame frame{.pts = FromSeconds(i / kRate)};
    const auto put = [&](Feature feature, float value) { frame.mean[static_cast<std::size_t>(feature)] = value; };
    put(Feature::kHipHeight, 1.1F);
    put(Feature::kKneeHeight, -0.4F);
    put(Feature::kWristHeight, -0.9F);
    put(Feature::kElbowHeight, -0.5F);
    put(Feature::kElbow, 2.8F);
    for (const Feature place : {Feature::kHipsX, Feature::kAnklesX}) put(place, speed * static_cast<float>(i / kRate));
    history.Push(frame);
    activity = classifier.Update(history, {});
  }
  return activity;
}

TEST(ActivityClassifierTest, WhoComesInWalkingIsNotTakenForSittingAtFirst) {
  EXPECT_EQ(SeenAfter(0.1, 1.5F), Activity::kUnknown);
  EXPECT_EQ(SeenAfter(0.5, 1.5F), Activity::kWalking);
  EXPECT_EQ(SeenAfter(0.5, 0), Activity::kSitting);
}

}  // namespace
}  // namespace spotter::exercise
