// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/floor_analyzer.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

using enum KeypointId;
using std::chrono::seconds;

const UtcTime kStarted{seconds{1'000'000}};  // of this run

// A camera that sees one machine, ten frames a second.
class FloorAnalyzerTest : public ::testing::Test {
 public:
  static FloorAnalyzerOptions Options() {
    Zone zone{.id = ZoneId("bench_01")};
    zone.views[CameraId("cam_01")] = {
        .region = {.outline = {{0.3F, 0.3F}, {0.7F, 0.3F}, {0.7F, 0.95F}, {0.3F, 0.95F}}, .holes = {}}};
    return {.gym_id = GymId("gym_01"), .zones = {zone}, .floor_from_image = {}};
  }

  static ScenePerson Standing() {
    ScenePerson person;
    person.person_id = PersonId("p1");
    const auto put = [&](KeypointId left, KeypointId right, float y) {
      person.perceived.pose[left] = {0.53F, y, 0.9F};
      person.perceived.pose[right] = {0.47F, y, 0.9F};
    };
    put(kLeftShoulder, kRightShoulder, 0.4F);
    put(kLeftElbow, kRightElbow, 0.47F);
    put(kLeftWrist, kRightWrist, 0.55F);
    put(kLeftHip, kRightHip, 0.55F);
    put(kLeftKnee, kRightKnee, 0.68F);
    put(kLeftAnkle, kRightAnkle, 0.8F);
    person.perceived.box = {0.45F, 0.3F, 0.55F, 0.85F};
    person.activity = Activity::kStanding;
    return person;
  }

 protected:
  // A use of an earlier run, which saw it for `seen` and was over `gap` before this one.
  static OpenUse UseThatWasSeen(seconds seen, seconds gap) {
    return {.zone_id = ZoneId("bench_01"), .start = kStarted - gap - seen, .known_until = kStarted - gap};
  }

  void Play(double until_s, bool somebody) {
    for (; frame_ < until_s * 10; ++frame_) {
      Scene scene;
      scene.camera_id = CameraId("cam_01");
      scene.pts = FromSeconds(frame_ * 0.1);
      scene.captured_at = kStarted + scene.pts;
      scene.width = 100;
      scene.height = 100;
      if (somebody) scene.people.push_back(Standing());
      for (Event& event : floor_.Update(scene)) events_.push_back(std::move(event));
    }
  }
  template <typename Data>
  std::vector<Event> Told() const {
    std::vector<Event> found;
    for (const Event& event : events_) {
      if (std::holds_alternative<Data>(event.data)) found.push_back(event);
    }
    return found;
  }

  FloorAnalyzer floor_{Options()};
  std::vector<Event> events_;
  int frame_ = 0;
  const OpenUse use_ = UseThatWasSeen(seconds(60), seconds(40));
};

// Somebody strokes back and forth over the middle of the zone for five seconds.
int WipesToldOf(ZoneKind kind) {
  FloorAnalyzerOptions options = FloorAnalyzerTest::Options();
  options.zones[0].kind = kind;
  FloorAnalyzer floor(std::move(options));
  std::vector<Event> events;
  for (int frame = 0; frame < 150; ++frame) {
    Scene scene;
    scene.camera_id = CameraId("cam_01");
    scene.pts = FromSeconds(frame * 0.1);
    scene.width = scene.height = 100;
    scene.people.push_back(FloorAnalyzerTest::Standing());
    ScenePerson& person = scene.people.back();
    if (frame > 20 && frame < 70) {
      person.activity = Activity::kWiping;
      const float x = 0.5F + (frame % 8 < 4 ? 0.08F : -0.08F);
      person.perceived.pose[kRightWrist] = {x, 0.6F, 0.9F};
    }
    for (Event& event : floor.Update(scene)) events.push_back(std::move(event));
  }
  for (Event& event : floor.Finish()) events.push_back(std::move(event));
  return static_cast<int>(std::ranges::count_if(
      events, [](const Event& event) { return std::holds_alternative<CleaningAttempt>(event.data); }));
}

// Somebody comes from outside at 2 s; identity vouches for him at 5 s only.
TEST_F(FloorAnalyzerTest, WhoIsNamedLateIsThereSinceHeCame) {
  for (; frame_ < 120; ++frame_) {
    Scene scene;
    scene.camera_id = CameraId("cam_01");
    scene.pts = FromSeconds(frame_ * 0.1);
    scene.width = scene.height = 100;
    scene.people.push_back(Standing());
    ScenePerson& person = scene.people.back();
    if (frame_ < 50) person.person_id = PersonId("");
    if (frame_ < 20) {
      for (Keypoint& joint : person.perceived.pose.keypoints) joint.x -= 0.4F;
    }
    for (Event& event : floor_.Update(scene)) events_.push_back(std::move(event));
  }
  const std::vector<Event> starts = Told<MachineOccupiedStart>();
  ASSERT_EQ(starts.size(), 1U);
  EXPECT_EQ(starts[0].pts, FromSeconds(2));
}

TEST_F(FloorAnalyzerTest, AMachineIsCleanedAndAnAreaIsNot) {
  EXPECT_EQ(WipesToldOf(ZoneKind::kMachine), 1);
  EXPECT_EQ(WipesToldOf(ZoneKind::kArea), 0);
}

TEST_F(FloorAnalyzerTest, AUseOfAnEarlierRunGoesOnWithWhoIsThere) {
  floor_.TakeUp({use_});
  Play(20, true);
  Play(30, false);
  EXPECT_TRUE(Told<MachineOccupiedStart>().empty());
  const std::vector<Event> ends = Told<MachineOccupiedEnd>();
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_NEAR(ToSeconds(*ends[0].occurred_at - kStarted), 19.9, 1e-3);
  EXPECT_NEAR(ToSeconds(std::get<MachineOccupiedEnd>(ends[0].data).dwell), 119.9, 1e-3);
  EXPECT_EQ(ends[0].person_id, PersonId("p1"));
  EXPECT_EQ(Told<CleaningWindowOpen>().size(), 1U);
}

TEST_F(FloorAnalyzerTest, AUseOfAnEarlierRunThatIsOverEndsWhereItWasLastKnown) {
  floor_.TakeUp({use_});
  Play(10, false);
  Play(20, true);
  const std::vector<Event> ends = Told<MachineOccupiedEnd>();
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(*ends[0].occurred_at, use_.known_until);
  const auto& end = std::get<MachineOccupiedEnd>(ends[0].data);
  EXPECT_EQ(end.dwell, seconds(60));
  EXPECT_NEAR(ToSeconds(end.uncertain), 40, 1e-3);
  const std::vector<Event> starts = Told<MachineOccupiedStart>();
  ASSERT_EQ(starts.size(), 1U);
  EXPECT_NEAR(ToSeconds(*starts[0].occurred_at - kStarted), 10, 1e-3);
}

TEST_F(FloorAnalyzerTest, WhatBecameOfTheMachineBetweenTheRunsIsUnknown) {
  floor_.TakeUp({UseThatWasSeen(seconds(400), seconds(600))});
  Play(10, false);
  const std::vector<Event> closed = Told<CleaningWindowClosed>();
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(std::get<CleaningWindowClosed>(closed[0].data).verdict, CleaningVerdict::kUnknown);
  EXPECT_GT(std::get<CleaningWindowClosed>(closed[0].data).confidence, 0.9);
}

// Whether anybody exercised in the earlier run is not known.
TEST_F(FloorAnalyzerTest, AUseOfAnEarlierRunIsIdleAfterThreeMinutesOfThisOne) {
  floor_.TakeUp({UseThatWasSeen(seconds(600), seconds(5))});
  Play(170, true);
  const std::vector<Event> before = Told<MachineStateChanged>();
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(std::get<MachineStateChanged>(before[0].data).state, MachineState::kInUse);
  Play(185, true);
  const std::vector<Event> after = Told<MachineStateChanged>();
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(std::get<MachineStateChanged>(after[1].data).state, MachineState::kIdle);
  EXPECT_NEAR(ToSeconds(*after[1].occurred_at - kStarted), 180, 1e-3);
}

TEST_F(FloorAnalyzerTest, AUseGoesOnAfterFifteenMinutesWithoutALook) {
  floor_.TakeUp({UseThatWasSeen(seconds(60), seconds(900))});
  Play(20, true);
  EXPECT_TRUE(Told<MachineOccupiedStart>().empty());
  EXPECT_TRUE(Told<MachineOccupiedEnd>().empty());
}

TEST_F(FloorAnalyzerTest, WhoIsThereMoreThanFifteenMinutesLaterBeginsAnotherUse) {
  floor_.TakeUp({UseThatWasSeen(seconds(60), seconds(901))});
  Play(20, true);
  const std::vector<Event> ends = Told<MachineOccupiedEnd>();
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(*ends[0].occurred_at, kStarted - seconds(901));
  EXPECT_EQ(std::get<MachineOccupiedEnd>(ends[0].data).uncertain, seconds(901));
  ASSERT_EQ(Told<MachineOccupiedStart>().size(), 1U);
  EXPECT_EQ(*Told<MachineOccupiedStart>()[0].occurred_at, kStarted);
}

TEST_F(FloorAnalyzerTest, ACameraThatWasAwayForMoreThanFifteenMinutesShowsAnotherUse) {
  Play(20, true);
  frame_ += 9010;
  Play(930, true);
  const std::vector<Event> ends = Told<MachineOccupiedEnd>();
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_NEAR(ToSeconds(*ends[0].occurred_at - kStarted), 19.9, 1e-3);
  EXPECT_NEAR(ToSeconds(std::get<MachineOccupiedEnd>(ends[0].data).uncertain), 901.1, 1e-3);
  const std::vector<Event> starts = Told<MachineOccupiedStart>();
  ASSERT_EQ(starts.size(), 2U);
  EXPECT_NEAR(ToSeconds(*starts[1].occurred_at - kStarted), 921, 1e-3);
}

TEST_F(FloorAnalyzerTest, WithoutOneAUseBeginsAsEver) {
  Play(10, true);
  ASSERT_EQ(Told<MachineOccupiedStart>().size(), 1U);
  EXPECT_EQ(*Told<MachineOccupiedStart>()[0].occurred_at, kStarted);
}

}  // namespace
}  // namespace spotter::floor
