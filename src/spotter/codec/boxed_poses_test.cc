// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/boxed_poses.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include <gtest/gtest.h>

#include "spotter/core/pose_box.h"
#include "spotter/geometry/angles.h"

namespace spotter::codec {
namespace {

using enum KeypointId;

constexpr int kWidth = 1280;
constexpr int kHeight = 720;
constexpr Box kFullBox{0.25F, 0.25F, 0.75F, 0.75F};

// Somebody seen half from the side in pixels, who stands at bend 0 and squats deeply at 1.
Pose Squatting(double bend) {
  constexpr double kTorso = 115;
  const double shin = 0.5 * bend;  // from upright, radians
  const double thigh = -1.2 * bend;
  const double trunk = 0.05 + 0.5 * bend;
  Pose pose;
  const auto put = [&](KeypointId id, double x, double y) {
    pose[id] = {static_cast<float>(x), static_cast<float>(y), 0.9F};
  };
  const auto one_side = [&](double shift, std::array<KeypointId, 6> ids) {
    const double knee_x = 600 + shift + 0.85 * kTorso * std::sin(shin);
    const double knee_y = 650 - 0.85 * kTorso * std::cos(shin);
    const double hip_x = knee_x + 0.85 * kTorso * std::sin(thigh);
    const double hip_y = knee_y - 0.85 * kTorso * std::cos(thigh);
    const double shoulder_x = hip_x + kTorso * std::sin(trunk);
    const double shoulder_y = hip_y - kTorso * std::cos(trunk);
    put(ids[0], 600 + shift, 650);
    put(ids[1], knee_x, knee_y);
    put(ids[2], hip_x, hip_y);
    put(ids[3], shoulder_x, shoulder_y);
    put(ids[4], shoulder_x + 0.62 * kTorso * std::sin(1.3 * bend), shoulder_y + 0.62 * kTorso * std::cos(1.3 * bend));
    put(ids[5], shoulder_x + 1.17 * kTorso * std::sin(1.3 * bend), shoulder_y + 1.17 * kTorso * std::cos(1.3 * bend));
  };
  one_side(0, {kLeftAnkle, kLeftKnee, kLeftHip, kLeftShoulder, kLeftElbow, kLeftWrist});
  one_side(40, {kRightAnkle, kRightKnee, kRightHip, kRightShoulder, kRightElbow, kRightWrist});
  const Point neck = Midpoint(pose[kLeftShoulder].point(), pose[kRightShoulder].point());
  for (const KeypointId id : {kNose, kLeftEye, kRightEye, kLeftEar, kRightEar})
    put(id, neck.x + 5 + 2 * static_cast<int>(id), neck.y - 60);
  return pose;
}

// The pose scaled to the box, across and down apart.
PerceivedPerson Boxed(Pose pose, int track = 1) {
  const Box own = *BoundingBox(pose);
  for (Keypoint& joint : pose.keypoints) {
    joint.x = kFullBox.x0 + kFullBox.width() * (joint.x - own.x0) / own.width();
    joint.y = kFullBox.y0 + kFullBox.height() * (joint.y - own.y0) / own.height();
  }
  return {.track_id = TrackId(track), .confidence = 0.9F, .box = kFullBox, .pose = pose};
}

// The pose where a camera saw it.
PerceivedPerson Seen(Pose pose) {
  for (Keypoint& joint : pose.keypoints) joint = {joint.x / kWidth, joint.y / kHeight, joint.confidence};
  return {.track_id = TrackId(1), .confidence = 0.9F, .box = *BoundingBox(pose), .pose = pose};
}

Perception FrameOf(int number, std::vector<PerceivedPerson> people, const char* camera = "cam_01") {
  return {.camera_id = CameraId(camera),
          .pts = FromSeconds(number / 30.0),
          .captured_at = {},
          .width = kWidth,
          .height = kHeight,
          .people = std::move(people)};
}

// One person in so many frames.
std::vector<Perception> Frames(int count, const std::function<PerceivedPerson(int frame)>& person) {
  std::vector<Perception> frames;
  frames.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) frames.push_back(FrameOf(i, {person(i)}));
  return frames;
}

// There and back every two seconds.
double BendAt(int frame) { return 0.5 - 0.5 * std::cos(frame / 30.0 * std::numbers::pi); }

float Knee(const PerceivedPerson& person) {
  const auto at = [&](KeypointId id) { return Point{kWidth * person.pose[id].x, kHeight * person.pose[id].y}; };
  return AngleAt(at(kLeftKnee), at(kLeftHip), at(kLeftAnkle));
}

std::vector<Perception> PlayAll(BoxedPoses& boxed, const std::vector<Perception>& perceptions) {
  std::vector<Perception> played;
  for (const Perception& perception : perceptions)
    std::ranges::move(boxed.Push(perception), std::back_inserter(played));
  std::ranges::move(boxed.Flush(), std::back_inserter(played));
  return played;
}

TEST(BoxedPoses, GetTheirProportionsBack) {
  const std::vector<Perception> perceptions = Frames(180, [](int i) { return Boxed(Squatting(BendAt(i))); });
  BoxedPoses boxed;
  const std::vector<Perception> played = PlayAll(boxed, perceptions);
  EXPECT_TRUE(boxed.found());
  ASSERT_EQ(played.size(), perceptions.size());
  double boxed_error = 0;
  double restored_error = 0;
  float highest = 1;
  float lowest = 0;
  constexpr std::size_t kSettled = 60;
  for (std::size_t i = kSettled; i < played.size(); ++i) {
    const float truth = Knee(Seen(Squatting(BendAt(static_cast<int>(i)))));
    boxed_error += std::abs(Knee(perceptions[i].people[0]) - truth);
    restored_error += std::abs(Knee(played[i].people[0]) - truth);
    const float shoulder = played[i].people[0].pose[kLeftShoulder].y;
    highest = std::min(highest, shoulder);
    lowest = std::max(lowest, shoulder);
  }
  const auto frames = static_cast<double>(played.size() - kSettled);
  EXPECT_GT(boxed_error / frames, 0.6);      // radians: what the box makes of the knees
  EXPECT_LT(restored_error / frames, 0.17);  // radians
  EXPECT_GT(lowest - highest, 0.1F);         // of the frame: the shoulders go down again
}

TEST(BoxedPoses, LeaveWhatACameraHasSeenAsItIs) {
  BoxedPoses boxed;
  const Perception first = FrameOf(0, {Seen(Squatting(0))});
  const Perception second = FrameOf(1, {Seen(Squatting(BendAt(1)))});
  const Perception third = FrameOf(2, {Boxed(Squatting(BendAt(2)))});
  EXPECT_TRUE(boxed.Push(first).empty());
  EXPECT_EQ(boxed.Push(second), (std::vector{first, second}));
  EXPECT_EQ(boxed.Push(third), (std::vector{third}));  // it is decided
  EXPECT_FALSE(boxed.found());
}

TEST(BoxedPoses, KeepNobodyBackBeforeSomebodyComes) {
  BoxedPoses boxed;
  const Perception empty = FrameOf(0, {});
  EXPECT_EQ(boxed.Push(empty), (std::vector{empty}));
  EXPECT_EQ(boxed.Push(FrameOf(1, {Boxed(Squatting(0))})).size(), 0U);
  EXPECT_EQ(boxed.Flush().size(), 1U);
  EXPECT_FALSE(boxed.found());
}

// A drawn figure that stands still fills its box in every frame, too.
TEST(BoxedPoses, AreNotThoseOfWhoDoesNotMove) {
  const std::vector<Perception> perceptions = Frames(200, [](int /*frame*/) { return Boxed(Squatting(0.5)); });
  BoxedPoses boxed;
  EXPECT_EQ(PlayAll(boxed, perceptions), perceptions);
  EXPECT_FALSE(boxed.found());
}

TEST(BoxedPoses, AreNotThoseOfSomebodySmallInAFixedBox) {
  std::vector<Perception> perceptions;
  for (int i = 0; i < 60; ++i) {
    PerceivedPerson person = Seen(Squatting(BendAt(i)));
    person.box = {0, 0, 1, 1};
    perceptions.push_back(FrameOf(i, {person}));
  }
  BoxedPoses boxed;
  EXPECT_EQ(PlayAll(boxed, perceptions), perceptions);
}

// Another program looks for boxes now and then only, and for joints all the time.
TEST(BoxedPoses, AreNotThoseOfABodyInABoxThatWasHeld) {
  for (const double usual : {0.2, 0.5, 0.9}) {
    std::vector<Perception> perceptions;
    for (int i = 0; i < 200; ++i) {
      PerceivedPerson person = Seen(Squatting(usual + 0.02 * (i % 5)));
      person.box = Seen(Squatting(usual)).box;
      perceptions.push_back(FrameOf(i, {person}));
    }
    BoxedPoses boxed;
    EXPECT_EQ(PlayAll(boxed, perceptions), perceptions) << usual;
  }
}

TEST(BoxedPoses, AreToldOfEachCameraAlone) {
  std::vector<Perception> perceptions;
  for (int i = 0; i < 90; ++i) {
    perceptions.push_back(FrameOf(i, {Boxed(Squatting(BendAt(i)))}, "cam_01"));
    perceptions.push_back(FrameOf(i, {Seen(Squatting(BendAt(i)))}, "cam_02"));
  }
  BoxedPoses boxed;
  const std::vector<Perception> played = PlayAll(boxed, perceptions);
  ASSERT_EQ(played.size(), perceptions.size());
  for (std::size_t i = 0; i < played.size(); ++i) {
    EXPECT_EQ(played[i].camera_id, perceptions[i].camera_id);
    EXPECT_EQ(played[i].pts, perceptions[i].pts);
    EXPECT_EQ(played[i] == perceptions[i], i % 2 == 1) << i;
  }
}

TEST(BoxedPoses, InAnotherBoxStayAsTheyAre) {
  BoxedPoses boxed;
  for (int i = 0; i < 60; ++i) boxed.Push(FrameOf(i, {Boxed(Squatting(BendAt(i)))}));
  ASSERT_TRUE(boxed.found());
  const Perception seen = FrameOf(60, {Seen(Squatting(0.5))});
  EXPECT_EQ(boxed.Push(seen), (std::vector{seen}));
}

// The first frames of a standing figure say nothing; so many are kept back at most.
TEST(BoxedPoses, AreKeptBackForAWhileOnly) {
  BoxedPoses boxed;
  std::size_t pushed = 0;
  std::vector<Perception> ready;
  while (ready.empty() && pushed < 1000)
    ready = boxed.Push(FrameOf(static_cast<int>(pushed++), {Boxed(Squatting(0.5))}));
  EXPECT_EQ(ready.size(), pushed);
  EXPECT_EQ(pushed, 150U);
}

TEST(BoxedPoses, LeavePeopleWithLandmarksAsTheyAre) {
  std::vector<Perception> perceptions;
  for (int i = 0; i < 60; ++i) {
    PerceivedPerson person = Boxed(Squatting(BendAt(i)));
    person.landmarks.emplace();
    perceptions.push_back(FrameOf(i, {person}));
  }
  BoxedPoses boxed;
  EXPECT_EQ(PlayAll(boxed, perceptions), perceptions);
}

TEST(BoxedPoses, OfEverybodyAreRestored) {
  std::vector<Perception> perceptions;
  for (int i = 0; i < 60; ++i) {
    std::vector<PerceivedPerson> people = {Boxed(Squatting(BendAt(i)))};
    if (i >= 30) people.push_back(Boxed(Squatting(BendAt(i + 15)), 2));
    perceptions.push_back(FrameOf(i, people));
  }
  BoxedPoses boxed;
  const std::vector<Perception> played = PlayAll(boxed, perceptions);
  ASSERT_EQ(played.back().people.size(), 2U);
  for (const PerceivedPerson& person : played.back().people) {
    EXPECT_NE(person.box, kFullBox);
    EXPECT_NEAR(person.pose[kLeftAnkle].y, 0.9F, 1e-4F);
  }
}

TEST(BoxedPoses, SurviveJointsThatAreNotSeen) {
  std::vector<Perception> perceptions;
  for (int i = 0; i < 90; ++i) {
    PerceivedPerson person = Boxed(Squatting(BendAt(i)));
    if (i >= 40 && i < 50) {
      for (const KeypointId id : {kLeftAnkle, kRightAnkle}) person.pose[id].confidence = 0;
    }
    if (i >= 50 && i < 60) person.pose = {};
    perceptions.push_back(FrameOf(i, {person}));
  }
  BoxedPoses boxed;
  for (const Perception& perception : PlayAll(boxed, perceptions)) {
    for (const Keypoint& joint : perception.people[0].pose.keypoints)
      EXPECT_TRUE(std::isfinite(joint.x) && std::isfinite(joint.y));
    EXPECT_TRUE(std::isfinite(perception.people[0].box.area()));
  }
  EXPECT_TRUE(boxed.found());
}

}  // namespace
}  // namespace spotter::codec
