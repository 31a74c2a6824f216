// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/duplicates.h"

#include <gtest/gtest.h>

namespace spotter::perceive {
namespace {

// Somebody 100 wide and 200 high at x, with joints spread over the box.
Detection PersonAt(float x, float confidence) {
  Detection person;
  person.confidence = confidence;
  person.box = {x, 0, x + 100, 200};
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    person.pose.keypoints[j] = {x + 20 + static_cast<float>(j % 5) * 15, static_cast<float>(j) * 11, 0.9F};
  }
  return person;
}

TEST(KeypointSimilarity, IsOneForTheSamePoseAndFallsWithDistance) {
  const Pose pose = PersonAt(0, 1).pose;
  EXPECT_FLOAT_EQ(KeypointSimilarity(pose, pose, 20000), 1);
  const float near = KeypointSimilarity(pose, PersonAt(5, 1).pose, 20000);
  const float far = KeypointSimilarity(pose, PersonAt(40, 1).pose, 20000);
  EXPECT_GT(near, 0.8F);
  EXPECT_LT(far, 0.4F);
  EXPECT_EQ(KeypointSimilarity(pose, pose, 0), 0);
}

TEST(RemoveDuplicates, KeepsTheMoreConfidentOfTwoOfTheSamePerson) {
  std::vector<Detection> people = {PersonAt(0, 0.9F), PersonAt(4, 0.5F)};
  RemoveDuplicates({}, people);
  ASSERT_EQ(people.size(), 1U);
  EXPECT_EQ(people[0].confidence, 0.9F);
}

TEST(RemoveDuplicates, TheSamePoseInAWrongBoxIsADuplicateToo) {
  std::vector<Detection> people = {PersonAt(0, 0.9F), PersonAt(0, 0.5F)};
  people[1].box = {30, 100, 80, 160};
  RemoveDuplicates({}, people);
  EXPECT_EQ(people.size(), 1U);
}

TEST(RemoveDuplicates, PeopleSideBySideStay) {
  std::vector<Detection> people = {PersonAt(0, 0.9F), PersonAt(45, 0.8F), PersonAt(300, 0.7F)};
  RemoveDuplicates({}, people);
  EXPECT_EQ(people.size(), 3U);
}

}  // namespace
}  // namespace spotter::perceive
