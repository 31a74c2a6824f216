// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/reflection_finder.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numbers>

#include <gtest/gtest.h>

namespace spotter::track {
namespace {

constexpr int kWidth = 1280;
constexpr int kHeight = 720;
constexpr double kFps = 15;
constexpr double kWall_m = 2;  // NOLINT(readability-identifier-naming): unit suffix

// How far the arms are lifted sideways at a time (seconds), 0 hanging to 1 level.
using Lift = std::function<double(double)>;

Lift Still() {
  return [](double) { return 0.0; };
}
Lift Repeat(double period_s, double late_s = 0) {
  return [=](double t) { return 0.5 - 0.5 * std::cos(2 * std::numbers::pi * (t - late_s) / period_s); };
}

// Metres: x to the right, y up, z away from the camera; the origin is on the floor 4.5 m before the camera.
struct Spot {
  double x = 0;
  double z = 0;
  double turned_deg = 180;  // 0 = faces the camera, 180 = the wall
};

struct Point3 {
  double x, y, z;
};

// Shoulders, elbows, wrists, hips, knees, ankles of somebody who stands; left first.
std::array<Point3, kBodyJointCount> Joints(const Spot& spot, double lift) {
  std::array<Point3, kBodyJointCount> joints{};
  const double turn = spot.turned_deg * std::numbers::pi / 180;
  const double arm = lift * std::numbers::pi / 2;
  for (std::size_t side = 0; side < 2; ++side) {
    const double s = side == 0 ? 1 : -1;
    const std::array<std::pair<double, double>, 6> out_and_up = {
        {{0.19, 1.42},
         {0.19 + 0.3 * std::sin(arm), 1.42 - 0.3 * std::cos(arm)},
         {0.19 + 0.57 * std::sin(arm), 1.42 - 0.57 * std::cos(arm)},
         {0.11, 0.93},
         {0.12, 0.5},
         {0.13, 0.08}}};
    for (std::size_t k = 0; k < out_and_up.size(); ++k) {
      const auto [out, up] = out_and_up[k];
      // Who faces the camera has the left hand on its right.
      joints[2 * k + side] = {spot.x + s * out * std::cos(turn), up, spot.z + s * out * std::sin(turn)};
    }
  }
  return joints;
}

// In the mirror at z = kWall_m, named as a network names the joints of what looks like a person.
std::array<Point3, kBodyJointCount> Reflected(const std::array<Point3, kBodyJointCount>& joints) {
  std::array<Point3, kBodyJointCount> reflected{};
  for (std::size_t j = 0; j < kBodyJointCount; ++j) {
    const Point3 p = joints[OtherSide(j)];
    reflected[j] = {p.x, p.y, 2 * kWall_m - p.z};
  }
  return reflected;
}

// A camera at 2.2 m that looks down by 15 degrees.
PerceivedPerson Photograph(int track, const std::array<Point3, kBodyJointCount>& joints) {
  constexpr double kPitch = 15 * std::numbers::pi / 180;
  PerceivedPerson person{.track_id = TrackId(track), .confidence = 0.9F};
  Box box{1, 1, 0, 0};
  for (std::size_t j = 0; j < kBodyJointCount; ++j) {
    const double up = joints[j].y - 2.2;
    const double away = joints[j].z + 4.5;
    const double depth = away * std::cos(kPitch) - up * std::sin(kPitch);
    const double height = up * std::cos(kPitch) + away * std::sin(kPitch);
    const Keypoint point{static_cast<float>(0.5 + 1.1 * kHeight / kWidth * joints[j].x / depth),
                         static_cast<float>(0.5 - 1.1 * height / depth), 0.9F};
    person.pose.keypoints[j + kKeypointCount - kBodyJointCount] = point;
    box = {std::min(box.x0, point.x), std::min(box.y0, point.y), std::max(box.x1, point.x), std::max(box.y1, point.y)};
  }
  person.box = box;
  return person;
}

// Frames of a room with a mirror, told track by track.
class Room {
 public:
  void ShowPerson(int track, const Spot& spot, Lift lift) { shown_[track] = {spot, std::move(lift), false}; }
  void ShowReflection(int track, const Spot& spot, Lift lift) { shown_[track] = {spot, std::move(lift), true}; }
  void Hide(int track) { shown_.erase(track); }

  void Run(double seconds) {
    for (const double end = t_ + seconds; t_ < end; t_ += 1 / kFps) {
      Perception perception{
          .camera_id = CameraId("cam_01"), .pts = FromSeconds(t_), .width = kWidth, .height = kHeight};
      for (const auto& [track, shown] : shown_) {
        const auto joints = Joints(shown.spot, shown.lift(t_));
        perception.people.push_back(Photograph(track, shown.reflected ? Reflected(joints) : joints));
      }
      RoundToWire(perception);
      finder_.Update(perception);
      last_ = perception;
      for (const PerceivedPerson& person : perception.people) doubted_[person.track_id] |= person.in_doubt;
    }
  }
  void RewindTo(double t) { t_ = t; }

  bool IsReflection(int track) const {
    return std::ranges::find(*last_.reflections, TrackId(track)) != last_.reflections->end();
  }
  bool IsShown(int track) const {
    return std::ranges::find(last_.people, TrackId(track), &PerceivedPerson::track_id) != last_.people.end();
  }
  bool IsInDoubt(int track) const {
    const auto it = std::ranges::find(last_.people, TrackId(track), &PerceivedPerson::track_id);
    return it != last_.people.end() && it->in_doubt;
  }
  bool WasEverInDoubt(int track) const { return doubted_.contains(TrackId(track)) && doubted_.at(TrackId(track)); }

 private:
  struct Shown {
    Spot spot;
    Lift lift;
    bool reflected = false;
  };
  std::map<int, Shown> shown_;
  std::map<TrackId, bool> doubted_;
  ReflectionFinder finder_;
  Perception last_;
  double t_ = 0;
};

TEST(ReflectionFinder, AReflectionIsInDoubtFromTheStartAndGoneWithinFiveSeconds) {
  Room room;
  room.ShowPerson(1, {.x = -0.8}, Repeat(2.5));
  room.ShowReflection(2, {.x = -0.8}, Repeat(2.5));
  room.Run(0.5);
  EXPECT_TRUE(room.IsInDoubt(2));
  room.Run(4.5);
  EXPECT_TRUE(room.IsReflection(2));
  EXPECT_FALSE(room.IsShown(2));
  EXPECT_TRUE(room.IsShown(1));
  EXPECT_FALSE(room.WasEverInDoubt(1));
}

TEST(ReflectionFinder, PeopleInStepAreNoReflections) {
  Room room;
  room.ShowPerson(1, {.x = -0.8, .z = 0, .turned_deg = 0}, Repeat(2.5));
  room.ShowPerson(2, {.x = 0.7, .z = 2.5, .turned_deg = 0}, Repeat(2.5));    // the row behind
  room.ShowPerson(3, {.x = 1.6, .z = 0, .turned_deg = 0}, Repeat(2.5));      // a neighbour
  room.ShowPerson(4, {.x = -1.5, .z = 2.5, .turned_deg = 90}, Repeat(2.5));  // sideways
  room.Run(20);
  for (const int track : {1, 2, 3, 4}) EXPECT_TRUE(room.IsShown(track)) << track;
}

TEST(ReflectionFinder, WhoFollowsWithADelayIsNoReflection) {
  Room room;
  room.ShowPerson(1, {.x = -0.8}, Repeat(2.5));
  room.ShowReflection(2, {.x = -0.8}, Repeat(2.5, 0.2));  // stands like one
  room.Run(10);
  EXPECT_TRUE(room.IsShown(2));
  EXPECT_FALSE(room.IsInDoubt(2));
}

TEST(ReflectionFinder, WhoOnlyStandsLikeAReflectionIsInDoubtForAMoment) {
  Room room;
  room.ShowPerson(1, {.x = -0.8}, Still());
  room.ShowReflection(2, {.x = -0.8}, Still());
  room.Run(2);
  EXPECT_TRUE(room.IsInDoubt(2));
  room.Run(2);
  EXPECT_TRUE(room.IsShown(2));
  EXPECT_FALSE(room.IsInDoubt(2));
}

TEST(ReflectionFinder, WhoIsAloneIsNeverRejected) {
  Room room;
  room.ShowReflection(1, {.x = -0.8}, Repeat(2.5));
  room.Run(15);
  EXPECT_TRUE(room.IsShown(1));
  EXPECT_FALSE(room.WasEverInDoubt(1));
}

TEST(ReflectionFinder, AKnownMirrorRejectsWhoStandsBehindIt) {
  Room room;
  room.ShowPerson(1, {.x = -1.2}, Repeat(2.5));
  room.ShowReflection(2, {.x = -1.2}, Repeat(2.5));
  room.ShowPerson(3, {.x = 1.2}, Repeat(1.9));
  room.ShowReflection(4, {.x = 1.2}, Repeat(1.9));
  room.Run(6);
  ASSERT_TRUE(room.IsReflection(2) && room.IsReflection(4));
  room.ShowReflection(5, {.x = 0.3, .z = 0.5}, Still());  // the source is out of the picture
  room.ShowPerson(6, {.x = 0.2, .z = 0.8}, Still());      // before the mirror
  room.Run(1.5);
  EXPECT_TRUE(room.IsReflection(5));
  EXPECT_TRUE(room.IsShown(6));
}

TEST(ReflectionFinder, AWrongVerdictIsTakenBack) {
  Room room;
  room.ShowPerson(1, {.x = -0.8}, Repeat(2.5));
  room.ShowReflection(2, {.x = -0.8}, Repeat(2.5));
  room.Run(5);
  ASSERT_TRUE(room.IsReflection(2));
  room.ShowReflection(2, {.x = -0.8}, Repeat(2.5, 0.6));
  room.Run(5);
  EXPECT_TRUE(room.IsShown(2));
}

constexpr Spot kLeft{.x = -1.0};
constexpr Spot kRight{.x = 1.0, .z = 0.4};

// Tracks 1 and 3 with their reflections 2 and 4, which have been told.
Room TwoBeforeTheMirror() {
  Room room;
  room.ShowPerson(1, kLeft, Repeat(2));
  room.ShowReflection(2, kLeft, Repeat(2));
  room.ShowPerson(3, kRight, Repeat(3));
  room.ShowReflection(4, kRight, Repeat(3));
  room.Run(8);
  return room;
}

TEST(ReflectionFinder, ReflectionsThatExchangeTracksStayReflections) {
  Room room = TwoBeforeTheMirror();
  ASSERT_TRUE(room.IsReflection(2));
  ASSERT_TRUE(room.IsReflection(4));
  room.ShowReflection(4, kLeft, Repeat(2));
  room.ShowReflection(2, kRight, Repeat(3));
  for (int i = 0; i < 40; ++i) {
    room.Run(0.25);
    EXPECT_TRUE(room.IsReflection(2)) << i;
    EXPECT_TRUE(room.IsReflection(4)) << i;
  }
  EXPECT_FALSE(room.IsReflection(1));
  EXPECT_FALSE(room.IsReflection(3));
}

TEST(ReflectionFinder, WhoWasTakenForAReflectionDoesNotGoFromOneSourceToTheNext) {
  const Spot nearest{.x = -0.8, .z = -1.2};
  const Spot near{.x = -0.8};
  Room room;
  room.ShowPerson(1, near, Repeat(2.5));
  room.ShowReflection(2, near, Repeat(2.5));
  room.ShowPerson(3, nearest, Repeat(1.7));
  room.Run(6);
  ASSERT_TRUE(room.IsReflection(2));
  // He turns out to be somebody at the very place, and two others stand in line before him.
  room.ShowReflection(2, near, Repeat(2.1, 0.6));
  room.Run(15);
  EXPECT_TRUE(room.IsShown(2));
}

TEST(ReflectionFinder, AnExchangeOfOneReflectionLeavesTheMirrorKnown) {
  Room room = TwoBeforeTheMirror();
  // Somebody in the room has the track of a reflection now.
  room.ShowPerson(4, {.x = 0, .z = -1, .turned_deg = 0}, Repeat(1.3));
  room.Run(4);
  EXPECT_TRUE(room.IsShown(4));
  EXPECT_TRUE(room.IsReflection(2));
  // The reflection, found again, is known by its place: no movement had to prove it.
  room.ShowReflection(5, kRight, Repeat(3));
  room.Run(1.7);
  EXPECT_TRUE(room.IsReflection(5));
  EXPECT_TRUE(room.IsShown(3));
}

TEST(ReflectionFinder, TimeThatRunsBackStartsAnew) {
  Room room;
  room.ShowPerson(1, {.x = -0.8}, Repeat(2.5));
  room.ShowReflection(2, {.x = -0.8}, Repeat(2.5));
  room.Run(5);
  ASSERT_TRUE(room.IsReflection(2));
  room.RewindTo(0);
  room.Run(0.5);
  EXPECT_TRUE(room.IsShown(2));
}

}  // namespace
}  // namespace spotter::track
