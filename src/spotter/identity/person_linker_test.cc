// SPDX-License-Identifier: Apache-2.0
#include "spotter/identity/person_linker.h"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotter::identity {
namespace {

using ::testing::ElementsAre;

struct Body {
  std::int64_t track = 0;
  float x = 0;          // middle, fraction of the frame's width
  float height = 0.5F;  // fraction of the frame's height
};

// Somebody upright whose feet are at 0.8 of the frame's height.
PerceivedPerson Standing(const Body& body) {
  PerceivedPerson person;
  person.track_id = TrackId(body.track);
  person.confidence = 0.9F;
  const float h = body.height;
  const float top = 0.8F - h;
  person.box = {body.x - 0.1F * h, top, body.x + 0.1F * h, 0.8F};
  const auto put = [&](KeypointId id, float side, float from_top) {
    person.pose[id] = {body.x + 0.06F * h * side, top + from_top * h, 0.9F};
  };
  for (const float side : {-1.0F, 1.0F}) {
    const bool left = side < 0;
    put(left ? KeypointId::kLeftShoulder : KeypointId::kRightShoulder, side, 0.18F);
    put(left ? KeypointId::kLeftHip : KeypointId::kRightHip, side, 0.47F);
    put(left ? KeypointId::kLeftKnee : KeypointId::kRightKnee, side, 0.71F);
    put(left ? KeypointId::kLeftAnkle : KeypointId::kRightAnkle, side, 0.96F);
  }
  return person;
}

// Feeds scenes of one camera at 15 a second.
class Watch {
 public:
  std::vector<std::string> See(const std::vector<Body>& bodies, const std::string& camera = "cam_01") {
    Perception perception{CameraId(camera), FromSeconds(frames_++ / 15.0), {}, 1280, 720, {}};
    for (const Body& body : bodies) perception.people.push_back(Standing(body));
    scene_ = MakeScene(perception);
    EXPECT_TRUE(linker_.Update(scene_).empty());
    std::vector<std::string> ids;
    ids.reserve(scene_.people.size());
    for (const ScenePerson& person : scene_.people) ids.push_back(person.person_id.value());
    return ids;
  }
  std::vector<std::string> SeeFor(double seconds, const std::vector<Body>& bodies) {
    for (int i = 1; i < static_cast<int>(seconds * 15); ++i) See(bodies);
    return See(bodies);
  }
  std::vector<std::int64_t> tracks(std::size_t index) const {
    std::vector<std::int64_t> ids;
    for (const TrackId& id : scene_.people.at(index).track_ids) ids.push_back(id.value());
    return ids;
  }

 private:
  PersonLinker linker_;
  Scene scene_;
  int frames_ = 0;
};

TEST(PersonLinker, NumbersPeopleInTheOrderOfAppearance) {
  Watch watch;
  EXPECT_THAT(watch.See({{4, 0.2F}, {9, 0.6F}}), ElementsAre("p1", "p2"));
  EXPECT_THAT(watch.See({{9, 0.6F}, {4, 0.2F}, {12, 0.9F}}), ElementsAre("p2", "p1", "p3"));
}

TEST(PersonLinker, KeepsThePersonOfAnInterruptedTrack) {
  Watch watch;
  watch.SeeFor(3, {{1, 0.4F}});
  watch.SeeFor(4, {});
  EXPECT_THAT(watch.See({{2, 0.43F}}), ElementsAre("p1"));
  EXPECT_THAT(watch.tracks(0), ElementsAre(1, 2));
}

TEST(PersonLinker, KeepsAPersonForTenSeconds) {
  Watch watch;
  watch.SeeFor(3, {{1, 0.4F}});
  watch.SeeFor(10.2, {});
  EXPECT_THAT(watch.See({{2, 0.4F}}), ElementsAre("p1"));
}

TEST(PersonLinker, ForgetsAfterALongTime) {
  Watch watch;
  watch.SeeFor(3, {{1, 0.4F}});
  watch.SeeFor(11, {});
  EXPECT_THAT(watch.See({{2, 0.4F}}), ElementsAre("p2"));
}

TEST(PersonLinker, DoesNotLinkFarAway) {
  Watch watch;
  watch.SeeFor(3, {{1, 0.1F}});
  watch.SeeFor(0.2, {});
  EXPECT_THAT(watch.See({{2, 0.9F}}), ElementsAre("p2"));
}

TEST(PersonLinker, FollowsAWalkerThroughAHidingPlace) {
  Watch watch;
  for (int i = 0; i < 30; ++i) watch.See({{1, 0.2F + 0.008F * static_cast<float>(i)}});
  watch.SeeFor(1.0, {});
  EXPECT_THAT(watch.See({{2, 0.56F}}), ElementsAre("p1"));
}

TEST(PersonLinker, DoesNotTakeAChildForAnAdult) {
  Watch watch;
  watch.SeeFor(3, {{1, 0.4F, 0.6F}});
  watch.SeeFor(1, {});
  EXPECT_THAT(watch.See({{2, 0.4F, 0.3F}}), ElementsAre("p2"));
}

TEST(PersonLinker, KeepsBothPeopleApartAfterAFadeToBlack) {
  Watch watch;
  watch.SeeFor(3, {{1, 0.3F}, {2, 0.7F}});
  watch.SeeFor(2, {});
  EXPECT_THAT(watch.See({{4, 0.71F}, {3, 0.3F}}), ElementsAre("p2", "p1"));
}

TEST(PersonLinker, PrefersANewPersonWhenTwoFitEquallyWell) {
  Watch watch;
  watch.SeeFor(3, {{1, 0.40F}, {2, 0.50F}});
  watch.SeeFor(1, {});
  EXPECT_THAT(watch.See({{3, 0.45F}}), ElementsAre("p3"));
}

TEST(PersonLinker, IsNotConfusedByAPassingGhost) {
  Watch watch;
  watch.SeeFor(3, {{1, 0.40F}});
  watch.SeeFor(0.3, {{1, 0.40F}, {2, 0.42F}});
  watch.SeeFor(1, {});
  EXPECT_THAT(watch.See({{3, 0.40F}}), ElementsAre("p1"));
}

TEST(PersonLinker, NeverGivesOneIdToTwoPeopleOfAScene) {
  Watch watch;
  watch.SeeFor(3, {{1, 0.4F}});
  watch.SeeFor(1, {});
  EXPECT_THAT(watch.SeeFor(1, {{2, 0.4F}}), ElementsAre("p1"));
  // The tracker finds track 1 again while track 2 is still there.
  EXPECT_THAT(watch.See({{1, 0.5F}, {2, 0.4F}}), ElementsAre("p2", "p1"));
  EXPECT_THAT(watch.See({{1, 0.5F}, {2, 0.4F}}), ElementsAre("p2", "p1"));
  EXPECT_THAT(watch.See({{1, 0.5F}}), ElementsAre("p2"));
}

void WalkOut(Watch& watch, std::int64_t track, float height = 0.6F) {  // on the left
  for (int i = 0; i < 30; ++i) watch.See({{track, 0.35F - 0.01F * static_cast<float>(i), height}});
}

TEST(PersonLinker, TakesTheNextOneThroughTheDoorForSomebodyElse) {
  Watch watch;
  WalkOut(watch, 1);
  watch.SeeFor(3, {});
  EXPECT_THAT(watch.See({{2, 0.06F}}), ElementsAre("p2"));
}

TEST(PersonLinker, KnowsWhoStayedAndComesBackWhereTheyWalkedOut) {
  for (const double away_s : {1.5, 5.0, 10.0}) {
    Watch watch;
    watch.SeeFor(8, {{1, 0.35F}});
    WalkOut(watch, 1);
    watch.SeeFor(away_s, {});
    EXPECT_THAT(watch.See({{2, 0.08F}}), ElementsAre("p1")) << away_s;
  }
}

TEST(PersonLinker, TakesWhoComesInElsewhereForSomebodyElse) {
  Watch watch;
  watch.SeeFor(8, {{1, 0.35F}});
  WalkOut(watch, 1);
  watch.SeeFor(5, {});
  EXPECT_THAT(watch.See({{2, 0.5F}}), ElementsAre("p2"));
}

TEST(PersonLinker, TakesWhoIsMuchSmallerAtTheDoorForSomebodyElse) {
  Watch watch;
  watch.SeeFor(8, {{1, 0.35F}});
  WalkOut(watch, 1);
  watch.SeeFor(5, {});
  EXPECT_THAT(watch.See({{2, 0.08F, 0.45F}}), ElementsAre("p2"));
}

TEST(PersonLinker, TakesNeitherOfTwoWhoWalkedOutForWhoComesBack) {
  Watch watch;
  watch.SeeFor(8, {{1, 0.35F}, {2, 0.7F}});
  for (int i = 0; i < 30; ++i)
    watch.See({{1, 0.35F - 0.01F * static_cast<float>(i)}, {2, 0.7F - 0.01F * static_cast<float>(i)}});
  for (int i = 0; i < 35; ++i) watch.See({{2, 0.4F - 0.01F * static_cast<float>(i)}});
  watch.SeeFor(3, {});
  EXPECT_THAT(watch.See({{3, 0.08F}}), ElementsAre("p3"));
}

TEST(PersonLinker, KeepsCamerasApart) {
  Watch watch;
  EXPECT_THAT(watch.See({{1, 0.4F}}, "cam_01"), ElementsAre("p1"));
  EXPECT_THAT(watch.See({{1, 0.4F}}, "cam_02"), ElementsAre("p2"));
  EXPECT_THAT(watch.See({{1, 0.4F}}, "cam_01"), ElementsAre("p1"));
}

TEST(CameraPeople, FreesWhomItForgot) {
  CameraPeople people({});
  int made = 0;
  for (int i = 0; i < 1000; ++i) {
    Perception perception{CameraId("cam_01"), FromSeconds(i), {}, 1280, 720, {}};
    perception.people.push_back(Standing({i, i % 2 == 0 ? 0.1F : 0.9F, i % 4 < 2 ? 0.3F : 0.6F}));
    Scene scene = MakeScene(perception);
    people.Identify(scene, [&] { return PersonId(fmt::format("p{}", ++made)); });
  }
  EXPECT_LE(people.size(), 11U);
}

TEST(CameraPeople, FreesThoseOfAnOldStream) {
  CameraPeople people({});
  int made = 0;
  for (int i = 0; i < 100; ++i) {
    Perception perception{CameraId("cam_01"), FromSeconds(1000 - 10 * i), {}, 1280, 720, {}};
    perception.people.push_back(Standing({i, 0.5F}));
    Scene scene = MakeScene(perception);
    people.Identify(scene, [&] { return PersonId(fmt::format("p{}", ++made)); });
  }
  EXPECT_EQ(people.size(), 1U);
}

TEST(PersonLinker, WhoIsInDoubtGetsAnIdWhenThatIsDecided) {
  PersonLinker linker;
  for (const bool in_doubt : {true, false}) {
    Perception perception{
        .camera_id = CameraId("cam_01"), .pts = FromSeconds(in_doubt ? 0 : 1), .width = 1280, .height = 720};
    perception.people = {Standing({.track = 1, .x = 0.3F}), Standing({.track = 2, .x = 0.7F})};
    perception.people[0].in_doubt = in_doubt;
    Scene scene = MakeScene(perception);
    linker.Update(scene);
    EXPECT_EQ(scene.people[0].person_id.value(), in_doubt ? "" : "p2");
    EXPECT_EQ(scene.people[1].person_id.value(), "p1");
  }
}

}  // namespace
}  // namespace spotter::identity
