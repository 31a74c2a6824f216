// SPDX-License-Identifier: Apache-2.0
// The built-in look at made-up clips: a figure with known hands before known pictures.
#include "spotter/enrich/verifier.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotter::enrich {
namespace {

using background::GreyPicture;
using std::chrono::milliseconds;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr int kFrames = 90;  // six seconds
constexpr int kRate = 15;
constexpr float kTorso = 0.2F;  // frame heights
constexpr int kWidth = 160;     // of the pictures, pixels
constexpr int kHeight = 90;

Pts TimeOf(int frame) { return milliseconds(1000 * frame / kRate); }

// Where the right hand is, from the hips, in torso lengths (x right, y down), at a time in seconds.
using Hand = std::function<Point(double)>;

Point Wiping(double t) { return {0.6F + 0.3F * static_cast<float>(std::sin(2 * std::numbers::pi * 0.9 * t)), -0.2F}; }
Point Curling(double t) {
  return {0.3F, 0.3F - 0.5F * static_cast<float>(1 - std::cos(2 * std::numbers::pi * 0.4 * t))};
}
Point Resting(double /*t*/) { return {0.1F, 0.2F}; }

PerceivedPerson Figure(TrackId id, float x, Point hand) {
  PerceivedPerson person;
  person.track_id = id;
  person.confidence = 0.9F;
  person.box = {x - 0.06F, 0.2F, x + 0.06F, 0.9F};
  const auto put = [&](KeypointId joint, Point from_hips) {
    const float aspect = 16.0F / 9.0F;
    person.pose[joint] = {x + kTorso * from_hips.x / aspect, 0.55F + kTorso * from_hips.y, 0.9F};
  };
  for (const KeypointId hip : {KeypointId::kLeftHip, KeypointId::kRightHip}) put(hip, {0, 0});
  for (const KeypointId shoulder : {KeypointId::kLeftShoulder, KeypointId::kRightShoulder}) put(shoulder, {0, -1});
  for (const KeypointId ankle : {KeypointId::kLeftAnkle, KeypointId::kRightAnkle}) put(ankle, {0, 1.6F});
  put(KeypointId::kLeftWrist, {-0.1F, 0.2F});
  put(KeypointId::kRightWrist, hand);
  return person;
}

std::vector<Perception> Poses(const Hand& hand) {
  std::vector<Perception> poses;
  for (int frame = 0; frame < kFrames; ++frame) {
    Perception perception;
    perception.pts = TimeOf(frame);
    perception.width = 1600;
    perception.height = 900;
    perception.people = {Figure(TrackId(7), 0.4F, hand(static_cast<double>(frame) / kRate))};
    poses.push_back(std::move(perception));
  }
  return poses;
}

GreyPicture BlankPicture(Pts pts) {
  return {.pts = pts, .width = kWidth, .height = kHeight, .pixels = std::vector<std::uint8_t>(kWidth * kHeight, 100)};
}

// A square of pixels.
struct Spot {
  int x = 0;
  int y = 0;
  int side = 8;
};

void Fill(GreyPicture& picture, const Spot& spot, std::uint8_t value) {
  for (int y = spot.y; y < spot.y + spot.side; ++y) {
    const auto row = static_cast<std::ptrdiff_t>(y) * kWidth + spot.x;
    std::fill_n(picture.pixels.begin() + row, spot.side, value);
  }
}

// Pictures five times a second; `paint` draws on each.
std::vector<GreyPicture> Pictures(const std::function<void(GreyPicture&)>& paint) {
  std::vector<GreyPicture> pictures;
  for (int frame = 0; frame < kFrames; frame += 3) {
    pictures.push_back(BlankPicture(TimeOf(frame)));
    paint(pictures.back());
  }
  return pictures;
}

// A bright spot at the right hand.
void PaintHand(GreyPicture& picture, const Hand& hand) {
  const Point at = hand(ToSeconds(picture.pts));
  const Spot spot = {.x = static_cast<int>(0.4 * kWidth + kTorso * kHeight * at.x) - 2,
                     .y = static_cast<int>((0.55 + kTorso * at.y) * kHeight) - 2,
                     .side = 5};
  Fill(picture, spot, 220);
}

EventRecord EventOfTrack(const std::string& track_id) {
  EventRecord event;
  event.track_id = track_id;
  return event;
}

TEST(Verifier, AWipeIsCleanedAndSaysWhatWasSeen) {
  const ClipEvidence clip = {
      .poses = Poses(Wiping), .pictures = Pictures([](GreyPicture& p) { PaintHand(p, Wiping); }), .photos = {}};
  const auto outcome = Verify(EventOfTrack("7"), clip);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->status, MmStatus::kDone);
  EXPECT_EQ(outcome->labels.front(), "cleaned") << *outcome->description;
  for (const char* label : {"wiping", "hand_on_surface", "moving_hand", "one_person"})
    EXPECT_THAT(outcome->labels, Contains(label));
  EXPECT_THAT(*outcome->description, HasSubstr("strokes"));
  EXPECT_GT(*outcome->confidence, 0.8);
}

TEST(Verifier, ExercisingAndStandingAboutAreNot) {
  for (const Hand& hand : {Hand(Curling), Hand(Resting)}) {
    const auto outcome = Verify(EventOfTrack("7"), {.poses = Poses(hand), .pictures = {}, .photos = {}});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->labels.front(), "not_cleaned") << *outcome->description;
    EXPECT_THAT(outcome->labels, Not(Contains("wiping")));
    EXPECT_GT(*outcome->confidence, 0.7);
  }
}

TEST(Verifier, JointsThatWipeOnAStillPictureProveNothing) {
  const ClipEvidence clip = {.poses = Poses(Wiping), .pictures = Pictures([](GreyPicture&) {}), .photos = {}};
  const auto outcome = Verify(EventOfTrack("7"), clip);
  EXPECT_EQ(outcome->labels.front(), "not_cleaned");
  EXPECT_THAT(outcome->labels, Contains("still_hand"));
}

TEST(Verifier, OnlyThePersonOfTheEventAndTheTimeOfItCount) {
  std::vector<Perception> poses = Poses(Resting);
  for (int frame = 0; frame < kFrames; ++frame)
    poses[static_cast<std::size_t>(frame)].people.push_back(
        Figure(TrackId(9), 0.8F, Wiping(static_cast<double>(frame) / kRate)));
  const ClipEvidence clip = {.poses = poses, .pictures = {}, .photos = {}};
  const auto bystander = Verify(EventOfTrack("7"), clip);
  EXPECT_EQ(bystander->labels.front(), "not_cleaned");
  EXPECT_THAT(bystander->labels, Contains("several_people"));
  EXPECT_EQ(Verify(EventOfTrack("9"), clip)->labels.front(), "cleaned");
  EXPECT_EQ(Verify(EventOfTrack("no number"), clip)->labels.front(), "cleaned") << "anybody";
  EventRecord before = EventOfTrack("9");
  before.pts_s = -20;
  before.data = R"({"end_s":-15})";
  EXPECT_EQ(Verify(before, clip)->labels.front(), "not_cleaned");
}

TEST(Verifier, ATrackThatGoesOnUnderAnotherIdIsTheSamePerson) {
  std::vector<Perception> poses = Poses(Wiping);
  for (std::size_t i = 30; i < poses.size(); ++i) poses[i].people.front().track_id = TrackId(8);
  EXPECT_EQ(Verify(EventOfTrack("7"), {.poses = poses, .pictures = {}, .photos = {}})->labels.front(), "cleaned");
}

TEST(Verifier, WhatIsLeftOrTakenIsNamed) {
  const auto bag_while = [](auto is_there) {
    return Pictures([is_there](GreyPicture& picture) {
      if (is_there(picture.pts)) Fill(picture, {.x = 120, .y = 60}, 20);
    });
  };
  const Pts middle = TimeOf(kFrames / 2);
  const auto left =
      Verify(EventOfTrack("7"),
             {.poses = Poses(Resting), .pictures = bag_while([&](Pts t) { return t > middle; }), .photos = {}});
  EXPECT_THAT(left->labels, Contains("object_left"));
  const auto taken =
      Verify(EventOfTrack("7"),
             {.poses = Poses(Resting), .pictures = bag_while([&](Pts t) { return t < middle; }), .photos = {}});
  EXPECT_THAT(taken->labels, Contains("object_taken"));
}

TEST(Verifier, LightAndPeopleAreNoObjects) {
  const Pts middle = TimeOf(kFrames / 2);
  const auto clip_of = [](std::vector<GreyPicture> pictures) {
    return ClipEvidence{.poses = Poses(Resting), .pictures = std::move(pictures), .photos = {}};
  };
  const auto light = Verify(EventOfTrack("7"), clip_of(Pictures([&](GreyPicture& picture) {
                              if (picture.pts > middle) picture.pixels.assign(picture.pixels.size(), 160);
                            })));
  EXPECT_THAT(light->labels, Not(Contains("object_left")));
  const auto shirt = Verify(EventOfTrack("7"), clip_of(Pictures([&](GreyPicture& picture) {
                              if (picture.pts > middle)
                                Fill(picture, {.x = 60, .y = 40}, 20);  // within the person's box
                            })));
  EXPECT_THAT(shirt->labels, Not(Contains("object_left")));
}

TEST(Verifier, AMeasurementThatSaysOtherwiseMakesItLessSure) {
  EventRecord event = EventOfTrack("7");
  event.data = R"({"verdict":"cleaned","confidence":1,"by_user":true,)"
               R"("evidence":{"wiping_s":4.2,"sweeps":9,"extent_m":0.6}})";
  const auto outcome = Verify(event, {.poses = Poses(Curling), .pictures = {}, .photos = {}});
  EXPECT_EQ(outcome->labels.front(), "not_cleaned");
  EXPECT_LE(*outcome->confidence, 0.6);
  EXPECT_THAT(outcome->labels, Contains("by_user"));
  EXPECT_EQ(Verify(event, {})->labels.front(), "cleaned") << "without poses the measurement decides";
  EXPECT_FALSE(Verify(EventOfTrack("7"), {})) << "nothing to go by";
}

}  // namespace
}  // namespace spotter::enrich
