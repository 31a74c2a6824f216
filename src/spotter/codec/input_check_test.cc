// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/input_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotter::codec {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

PerceivedPerson At(int track, float x) {
  PerceivedPerson person{.track_id = TrackId(track), .confidence = 0.9F, .box = {x, 0.2F, x + 0.1F, 0.5F}, .pose = {}};
  for (std::size_t i = 0; i < kKeypointCount; ++i)
    person.pose.keypoints[i] = {x + 0.005F * static_cast<float>(i), 0.3F + 0.01F * static_cast<float>(i), 0.9F};
  return person;
}

Perception Seen(double at_s, std::vector<PerceivedPerson> people = {}, const char* camera = "cam_01") {
  return {.camera_id = CameraId(camera),
          .pts = FromSeconds(at_s),
          .captured_at = {},
          .width = 640,
          .height = 360,
          .people = std::move(people)};
}

// The times of those that are admitted, milliseconds as the others.
std::vector<std::int64_t> Admitted(InputCheck& check, const std::vector<std::int64_t>& times) {
  std::vector<std::int64_t> admitted;
  for (const std::int64_t at : times) {
    Perception perception = Seen(0.001 * static_cast<double>(at));
    if (check.Admit(perception)) admitted.push_back(perception.pts / std::chrono::milliseconds(1));
  }
  return admitted;
}

TEST(InputCheck, LeavesWhatIsInOrderAsItIs) {
  InputCheck check;
  for (int i = 0; i < 20; ++i) {
    const Perception perception = Seen(0.1 * i, {At(1, 0.1F), At(2, 0.4F)}, i % 2 == 0 ? "cam_01" : "cam_02");
    Perception checked = perception;
    EXPECT_TRUE(check.Admit(checked));
    EXPECT_EQ(checked, perception);
  }
  EXPECT_THAT(check.Warnings(), IsEmpty());
}

TEST(InputCheck, KeepsEverybodyOnce) {
  InputCheck check;
  PerceivedPerson same_joints = At(1, 0.1F);
  same_joints.track_id = TrackId(7);
  Perception perception = Seen(0, {At(1, 0.1F), At(2, 0.4F), At(1, 0.6F), same_joints});
  EXPECT_TRUE(check.Admit(perception));
  EXPECT_EQ(perception.people, (std::vector<PerceivedPerson>{At(1, 0.1F), At(2, 0.4F)}));
  EXPECT_THAT(check.Warnings(), ElementsAre(HasSubstr("2 times somebody was in a frame twice")));
}

TEST(InputCheck, TwoWhoseJointsAreNotSeenAreTwo) {
  InputCheck check;
  Perception perception = Seen(0, {At(1, 0.1F), At(2, 0.4F)});
  for (PerceivedPerson& person : perception.people) person.pose = {};
  EXPECT_TRUE(check.Admit(perception));
  EXPECT_EQ(perception.people.size(), 2U);
}

TEST(InputCheck, DrawsBoxesWithoutAnAreaAroundTheJoints) {
  InputCheck check;
  Perception perception = Seen(0, {At(1, 0.1F), At(2, 0.4F), At(3, 0.7F)});
  perception.people[0].box = {0.15F, 0.3F, 0.15F, 0.3F};
  perception.people[1].box = {0.5F, 0.5F, 0.4F, 0.2F};
  perception.people[2].box = {};
  perception.people[2].pose = {};
  EXPECT_TRUE(check.Admit(perception));
  ASSERT_EQ(perception.people.size(), 2U) << "nobody knows where the third one is";
  EXPECT_FLOAT_EQ(perception.people[0].box.x0, 0.1F);
  EXPECT_FLOAT_EQ(perception.people[0].box.y1, 0.46F);
  EXPECT_FLOAT_EQ(perception.people[1].box.x1, 0.48F);
  EXPECT_THAT(check.Warnings(), ElementsAre(HasSubstr("3 boxes")));
}

TEST(InputCheck, LeavesOutFramesThatGoBackAndSuchOfTheSameTime) {
  InputCheck check;
  EXPECT_THAT(Admitted(check, {0, 100, 100, 200, 50, 300, 100, 400}), ElementsAre(0, 100, 200, 300, 400));
  EXPECT_THAT(check.Warnings(), ElementsAre(HasSubstr("2 frames went back in time"),
                                            HasSubstr("1 frames had the time of the one before")));
}

TEST(InputCheck, FollowsAStreamThatBeganAnew) {
  InputCheck check;
  EXPECT_THAT(Admitted(check, {50000, 50100, 0, 100, 200, 300}), ElementsAre(50000, 50100, 200, 300));
}

TEST(InputCheck, IsNotFooledByTimesThatOnlyGoBack) {
  InputCheck check;
  EXPECT_THAT(Admitted(check, {5, 4, 3, 2, 1, 0}), ElementsAre(5));
}

TEST(InputCheck, KeepsTheTimesOfCamerasApart) {
  InputCheck check;
  for (const char* camera : {"cam_01", "cam_02"}) {
    Perception perception = Seen(1, {}, camera);
    EXPECT_TRUE(check.Admit(perception)) << camera;
  }
}

TEST(InputCheck, MovesTimesBelowZero) {
  InputCheck check;
  EXPECT_THAT(Admitted(check, {-100000, -99900, -99800}), ElementsAre(0, 100, 200));
  Perception perception = Seen(-90);
  perception.objects = {{.box = {0, 0, 1, 1}, .since = FromSeconds(-95)}};
  EXPECT_TRUE(check.Admit(perception));
  EXPECT_EQ(perception.objects[0].since, FromSeconds(5));
  EXPECT_THAT(check.Warnings(), testing::Contains(HasSubstr("moved by 100.000 s")));
}

TEST(InputCheck, CountsGaps) {
  InputCheck check;
  EXPECT_EQ(Admitted(check, {0, 1900, 4000, 14000, 14100}).size(), 5U);
  EXPECT_THAT(check.Warnings(), ElementsAre(HasSubstr("2 gaps of more than 2 s without a frame, the longest 10.0 s")));
}

}  // namespace
}  // namespace spotter::codec
