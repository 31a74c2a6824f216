// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/overlay.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "spotter/render/palette.h"

namespace spotter::render {
namespace {

constexpr Color kGrey{128, 128, 128};
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

ScenePerson MakePerson(const std::string& id, const Box& box) {
  ScenePerson person;
  person.person_id = PersonId(id);
  person.perceived.track_id = TrackId(7);
  person.perceived.confidence = 0.9F;
  person.perceived.box = box;
  return person;
}

SetInProgress MakeSet(int count) {
  SetInProgress set;
  set.exercise = "squat";
  set.live_count = count;
  set.phase = Phase::kConcentric;
  set.progress = 0.5;
  set.angle_rad = 1.6;
  return set;
}

Scene MakeScene(std::vector<ScenePerson> people) {
  Scene scene;
  scene.camera_id = CameraId("cam_01");
  scene.pts = FromSeconds(12.4);
  scene.people = std::move(people);
  return scene;
}

// The smallest rectangle around everything that was drawn on a grey canvas; nullopt when nothing was.
std::optional<Box> Drawn(const Canvas& canvas) {
  Box box{1e9F, 1e9F, -1, -1};
  for (int y = 0; y < canvas.height(); ++y) {
    for (int x = 0; x < canvas.width(); ++x) {
      if (canvas.At(x, y) == kGrey) continue;
      const auto fx = static_cast<float>(x);
      const auto fy = static_cast<float>(y);
      box = {std::min(box.x0, fx), std::min(box.y0, fy), std::max(box.x1, fx + 1), std::max(box.y1, fy + 1)};
    }
  }
  if (box.x1 < 0) return std::nullopt;
  return box;
}

int Count(const Canvas& canvas, Color color, const Box& area) {
  int count = 0;
  for (int y = static_cast<int>(area.y0); y < static_cast<int>(area.y1); ++y)
    for (int x = static_cast<int>(area.x0); x < static_cast<int>(area.x1); ++x) count += canvas.At(x, y) == color;
  return count;
}

int Distance(Color a, Color b) { return std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b); }

bool Same(const Canvas& a, const Canvas& b) { return std::equal(a.data(), a.data() + a.size_bytes(), b.data()); }

constexpr OverlayOptions kNoFooter{.footer = false};

TEST(Overlay, AnEmptySceneShowsOnlyTheFooter) {
  Canvas canvas(640, 360, kGrey);
  DrawScene(canvas, MakeScene({}));
  const auto drawn = Drawn(canvas);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->x0, 0);
  EXPECT_EQ(drawn->x1, 640);
  EXPECT_EQ(drawn->y1, 360);
  EXPECT_GT(drawn->y0, 330);

  Canvas without(640, 360, kGrey);
  DrawScene(without, MakeScene({}), kNoFooter);
  EXPECT_FALSE(Drawn(without));
}

TEST(Overlay, TheCornersOfTheBoxHaveThePersonsColour) {
  Canvas canvas(640, 480, kGrey);
  DrawScene(canvas, MakeScene({MakePerson("p2", {0.25F, 0.25F, 0.5F, 0.75F})}), kNoFooter);
  const Color color = SubjectColor("p2");
  EXPECT_EQ(canvas.At(160, 135), color);  // left edge below the corner
  EXPECT_EQ(canvas.At(320, 345), color);  // right edge above the corner
  EXPECT_EQ(canvas.At(240, 240), kGrey);  // the middle is left alone
  EXPECT_GT(Distance(canvas.At(160, 240), kGrey), 20);
  EXPECT_LT(Distance(canvas.At(160, 240), kGrey), Distance(color, kGrey));
}

TEST(Overlay, LeftAndRightLimbsHaveTheirColours) {
  ScenePerson person = MakePerson("p1", {0.1F, 0.1F, 0.9F, 0.9F});
  person.perceived.pose[KeypointId::kLeftHip] = {0.6F, 0.5F, 0.9F};
  person.perceived.pose[KeypointId::kLeftKnee] = {0.6F, 0.7F, 0.9F};
  person.perceived.pose[KeypointId::kRightHip] = {0.4F, 0.5F, 0.9F};
  person.perceived.pose[KeypointId::kRightKnee] = {0.4F, 0.7F, 0.9F};
  Canvas canvas(400, 400, kGrey);
  DrawScene(canvas, MakeScene({person}), kNoFooter);
  EXPECT_EQ(canvas.At(240, 240), kLeftSide);
  EXPECT_EQ(canvas.At(160, 240), kRightSide);
  EXPECT_EQ(canvas.At(200, 200), kBodyCentre);
}

TEST(Overlay, UnsureJointsAreFaintAndUnseenOnesAbsent) {
  const auto limb_at = [](float confidence) {
    ScenePerson person = MakePerson("p1", {0.1F, 0.1F, 0.9F, 0.9F});
    person.perceived.pose[KeypointId::kLeftHip] = {0.6F, 0.4F, confidence};
    person.perceived.pose[KeypointId::kLeftKnee] = {0.6F, 0.8F, 0.9F};
    Canvas canvas(400, 400, kGrey);
    DrawScene(canvas, MakeScene({person}), kNoFooter);
    return canvas.At(240, 240);
  };
  EXPECT_EQ(limb_at(0.9F), kLeftSide);
  EXPECT_GT(Distance(limb_at(0.2F), kLeftSide), 60);
  EXPECT_NE(limb_at(0.2F), kGrey);
  EXPECT_EQ(limb_at(0.05F), kGrey);
  EXPECT_EQ(limb_at(0), kGrey);
  EXPECT_EQ(limb_at(kNan), kGrey);
}

TEST(Overlay, JointsThatAreNoNumbersOrFarOutsideAreLeftOut) {
  ScenePerson person = MakePerson("p1", {0.3F, 0.3F, 0.7F, 0.9F});
  Canvas expected(320, 240, kGrey);
  DrawScene(expected, MakeScene({person}), kNoFooter);
  for (Keypoint& k : person.perceived.pose.keypoints) k = {kNan, 0.5F, 0.9F};
  person.perceived.pose[KeypointId::kLeftHip] = {1e30F, -1e30F, 0.9F};
  person.perceived.pose[KeypointId::kRightHip] = {std::numeric_limits<float>::infinity(), 0.5F, 0.9F};
  Canvas canvas(320, 240, kGrey);
  DrawScene(canvas, MakeScene({person}), kNoFooter);
  EXPECT_TRUE(Same(canvas, expected));
}

TEST(Overlay, PeopleBeyondTheFrameAreCutOffAtItsEdge) {
  ScenePerson person = MakePerson("p1", {-0.4F, -0.3F, 1.8F, 1.5F});
  for (std::size_t i = 0; i < kKeypointCount; ++i) {
    person.perceived.pose.keypoints[i] = {-0.3F + 0.1F * static_cast<float>(i), 1.4F - 0.11F * static_cast<float>(i),
                                          0.8F};
  }
  person.set = MakeSet(3);
  Canvas canvas(160, 120, kGrey);
  DrawScene(canvas, MakeScene({person}));  // the sanitizers see to the rest
  EXPECT_TRUE(Drawn(canvas));
}

TEST(Overlay, BoxesThatAreNoNumbersOrOutsideAreLeftOut) {
  const Scene scene =
      MakeScene({MakePerson("p1", {kNan, 0, 1, 1}), MakePerson("p2", {0, 0, INFINITY, 1}),
                 MakePerson("p3", {1.2F, 0.1F, 1.5F, 0.9F}), MakePerson("p4", {0.6F, 0.6F, 0.4F, 0.4F})});
  Canvas canvas(320, 240, kGrey);
  DrawScene(canvas, scene, kNoFooter);
  EXPECT_FALSE(Drawn(canvas));
}

TEST(Overlay, LabelsStayInsideThePictureHoweverLongTheName) {
  ScenePerson person = MakePerson(std::string(300, 'W'), {0.4F, 0.3F, 0.6F, 0.8F});
  person.set = MakeSet(12);
  person.set->exercise = "an_exercise_whose_name_does_not_fit_into_any_picture_of_this_world";
  Canvas canvas(640, 480, kGrey);
  DrawScene(canvas, MakeScene({person}), kNoFooter);
  const auto drawn = Drawn(canvas);
  ASSERT_TRUE(drawn);
  EXPECT_LE(drawn->x1 - std::min(drawn->x0, 256.0F), 0.75F * 640);
}

TEST(Overlay, AnyCanvasSizeWorks) {
  ScenePerson person = MakePerson("p1", {0.1F, 0.1F, 0.9F, 0.9F});
  for (Keypoint& k : person.perceived.pose.keypoints) k = {0.5F, 0.5F, 0.9F};
  person.set = MakeSet(3);
  for (const auto& [w, h] : {std::pair(1, 1), {2, 300}, {300, 2}, {16, 16}, {33, 17}}) {
    Canvas canvas(w, h, kGrey);
    DrawScene(canvas, MakeScene({person}));
  }
  Canvas none;
  DrawScene(none, MakeScene({person}));
}

TEST(Overlay, EverythingGrowsWithThePicture) {
  const auto footer_height = [](int width, int height) {
    Canvas canvas(width, height, kGrey);
    DrawScene(canvas, MakeScene({}));
    return Drawn(canvas)->height();
  };
  EXPECT_NEAR(footer_height(3840, 2160), 2 * footer_height(1920, 1080), 3);
  EXPECT_GE(footer_height(426, 240), 15);  // still to be read
}

TEST(Overlay, SkeletonOnlyShowsNoPixelOfThePicture) {
  ScenePerson person = MakePerson("p1", {0.2F, 0.2F, 0.6F, 0.9F});
  for (std::size_t i = 0; i < kKeypointCount; ++i)
    person.perceived.pose.keypoints[i] = {0.3F + 0.01F * static_cast<float>(i), 0.3F + 0.03F * static_cast<float>(i),
                                          0.7F};
  person.set = MakeSet(2);
  Canvas on_black(320, 240);
  Canvas on_white(320, 240, {255, 255, 255});
  const OverlayOptions options{.skeleton_only = true};
  DrawScene(on_black, MakeScene({person}), options);
  DrawScene(on_white, MakeScene({person}), options);
  EXPECT_TRUE(Same(on_black, on_white));
}

TEST(Overlay, NeighboursKeepTheirOwnLabels) {
  std::vector<ScenePerson> people;
  for (int i = 0; i < 5; ++i) {
    const float x = 0.3F + 0.05F * static_cast<float>(i);
    people.push_back(MakePerson(fmt::format("p{}", i + 1), {x, 0.5F, x + 0.12F, 0.9F}));
    people.back().set = MakeSet(3);
  }
  Canvas canvas(1280, 720, kGrey);
  DrawScene(canvas, MakeScene(people), kNoFooter);
  for (int i = 1; i <= 5; ++i) {  // each name's pill is to be seen, not hidden by another label
    EXPECT_GT(Count(canvas, SubjectColor(fmt::format("p{}", i)), {0, 0, 1280, 720}), 700) << i;
  }
}

class OverlayStream : public testing::Test {
 protected:
  // How strongly the middle of the person's box is tinted after drawing this frame.
  int TintAt(double seconds, std::optional<int> count) {
    ScenePerson person = MakePerson("p1", {0.25F, 0.25F, 0.75F, 0.75F});
    if (count) person.set = MakeSet(*count);
    Scene scene = MakeScene({person});
    scene.pts = FromSeconds(seconds);
    canvas_.Fill(kGrey);
    overlay_.Draw(canvas_, scene);
    return Distance(canvas_.At(320, 240), kGrey);
  }

  Canvas canvas_{640, 480};
  Overlay overlay_;
};

TEST_F(OverlayStream, ANewRepetitionFlashesAndFadesByStreamTime) {
  EXPECT_EQ(TintAt(1.0, 0), 0);
  EXPECT_EQ(TintAt(1.1, 0), 0);
  const int flash = TintAt(1.2, 1);
  EXPECT_GT(flash, 20);
  const int later = TintAt(1.5, 1);
  EXPECT_GT(later, 0);
  EXPECT_LT(later, flash);
  EXPECT_EQ(TintAt(2.0, 1), 0);
  EXPECT_GT(TintAt(2.1, 2), 20);
}

TEST_F(OverlayStream, TheFirstRepetitionOfANewSetFlashesToo) {
  TintAt(1.0, 5);
  TintAt(9.0, std::nullopt);
  ScenePerson person = MakePerson("p1", {0.25F, 0.25F, 0.75F, 0.75F});
  person.set = MakeSet(1);
  person.set->start = FromSeconds(15);
  Scene scene = MakeScene({person});
  scene.pts = FromSeconds(20);
  canvas_.Fill(kGrey);
  overlay_.Draw(canvas_, scene);
  EXPECT_GT(Distance(canvas_.At(320, 240), kGrey), 20);
}

TEST_F(OverlayStream, ASetThatIsOverIsNamedALittleLonger) {
  TintAt(1.0, 5);
  TintAt(5.0, 5);
  TintAt(5.1, std::nullopt);
  const float while_named = Drawn(canvas_)->y0;
  const int named = Count(canvas_, kPaper, {160, 0, 640, 120});
  TintAt(20.0, std::nullopt);
  const int forgotten = Count(canvas_, kPaper, {160, 0, 640, 120});
  EXPECT_LT(while_named, 120);
  EXPECT_GT(named, forgotten + 50);
}

TEST_F(OverlayStream, TheSameStreamGivesTheSamePictures) {
  Overlay again;
  for (const double seconds : {0.1, 0.2, 0.3}) {
    ScenePerson person = MakePerson("p1", {0.25F, 0.25F, 0.75F, 0.75F});
    person.set = MakeSet(seconds > 0.15 ? 1 : 0);
    Scene scene = MakeScene({person});
    scene.pts = FromSeconds(seconds);
    Canvas one(320, 240, kGrey);
    Canvas two(320, 240, kGrey);
    overlay_.Draw(one, scene);
    again.Draw(two, scene);
    EXPECT_TRUE(Same(one, two)) << seconds;
  }
}

// A bench in the left lower half, free for 12 s.
Scene MakeSceneWithBench(MachineState state) {
  Scene scene = MakeScene({});
  scene.zones = {{.id = ZoneId("bench_01"), .state = state, .since = FromSeconds(0.4)}};
  return scene;
}

const ZoneOutline kBench{.id = ZoneId("bench_01"),
                         .region = {.outline = {{0.1F, 0.4F}, {0.4F, 0.4F}, {0.4F, 0.9F}, {0.1F, 0.9F}}}};

TEST(Overlay, AZoneHasTheColourOfItsState) {
  for (const MachineState state :
       {MachineState::kFree, MachineState::kInUse, MachineState::kReserved, MachineState::kNeedsCleaning}) {
    Canvas canvas(640, 360, kGrey);
    DrawScene(canvas, MakeSceneWithBench(state), kNoFooter, {{kBench}});
    const Color inside = canvas.At(160, 180);
    EXPECT_LT(Distance(inside, StateColor(state)), Distance(kGrey, StateColor(state)));
    EXPECT_LT(Distance(canvas.At(64, 180), StateColor(state)), 90) << "the border";
    EXPECT_EQ(canvas.At(400, 100), kGrey);
  }
}

TEST(Overlay, WhatWasLeftIsFramed) {
  Scene scene = MakeScene({});
  scene.objects = {{.box = {0.5F, 0.5F, 0.6F, 0.7F}}};
  Canvas canvas(640, 360, kGrey);
  DrawScene(canvas, scene, kNoFooter);
  EXPECT_LT(Distance(canvas.At(320, 216), StateColor(MachineState::kReserved)), 90);
  EXPECT_EQ(canvas.At(352, 216), kGrey) << "inside";
}

TEST(Overlay, AHoleInAZoneStaysAsItWas) {
  ZoneOutline zone = kBench;
  zone.region.holes = {{{0.2F, 0.5F}, {0.3F, 0.5F}, {0.3F, 0.6F}, {0.2F, 0.6F}}};
  Canvas canvas(640, 360, kGrey);
  DrawScene(canvas, MakeSceneWithBench(MachineState::kFree), kNoFooter, {{zone}});
  EXPECT_EQ(canvas.At(160, 198), kGrey);
  EXPECT_NE(canvas.At(100, 198), kGrey);
}

TEST(Overlay, AZoneThatReachesFarOutOfThePictureIsDrawnAsFarAsItIsSeen) {
  const ZoneOutline wide{.id = ZoneId("bench_01"),
                         .region = {.outline = {{-900, 0.5F}, {900, 0.5F}, {900, 900}, {-900, 900}}}};
  Canvas canvas(640, 360, kGrey);
  DrawScene(canvas, MakeSceneWithBench(MachineState::kFree), kNoFooter, {{wide}});
  EXPECT_EQ(canvas.At(320, 100), kGrey);
  EXPECT_NE(canvas.At(320, 240), kGrey);
}

TEST(Overlay, AZoneThatTheSceneDoesNotKnowIsNotDrawn) {
  Canvas canvas(640, 360, kGrey);
  DrawScene(canvas, MakeScene({}), kNoFooter, {{kBench}});
  EXPECT_FALSE(Drawn(canvas));
}

}  // namespace
}  // namespace spotter::render
