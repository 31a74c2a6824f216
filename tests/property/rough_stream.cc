// SPDX-License-Identifier: Apache-2.0
#include "rough_stream.h"

#include <algorithm>
#include <array>
#include <limits>

namespace spotter::testing {
namespace {

using exercise::testing::Curling;
using exercise::testing::Posture;
using exercise::testing::RaisingSideways;
using exercise::testing::Squatting;
using exercise::testing::ThereAndBack;
using exercise::testing::Walking;

constexpr std::size_t kMostFigures = 4;
constexpr int kLongestShot = 40;  // frames
constexpr int kCrowd = 300;
constexpr int kLongestCrowd = 4;    // frames
constexpr int kCrowdTracks = 1000;  // and on

constexpr std::size_t kMovements = 6;
// `t` seconds into a movement that repeats itself every `period_s`.
Posture PostureOf(std::size_t movement, double t, double period_s) {
  const double share = ThereAndBack(std::fmod(std::abs(t), period_s) / period_s);
  switch (movement) {
    case 0:
      return Squatting(0);
    case 1:
      return Squatting(share);
    case 2:
      return Curling(share);
    case 3:
      return RaisingSideways(share);
    case 4: {
      Posture walking = Walking(t / 0.6);
      walking.forward_m = std::fmod(walking.forward_m, 2.0) - 1;
      return walking;
    }
    default:
      return Squatting(0.9);
  }
}

enum Fault : std::size_t {
  kNone,
  kNoJointNumbers,
  kJointsHidden,
  kFlatBoxes,
  kTwins,
  kSameTrack,
  kCrowded,
  kDoubt,
  kReflected,
  kObjects,
  kJitter,
  kAnywhere,  // from here on the joints are where nobody is
  kHuge,
  kOnePoint,
  kFaultCount,
};

float NoNumber(std::uint8_t degree) {
  constexpr std::array kNoNumbers = {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                                     -std::numeric_limits<float>::infinity()};
  return kNoNumbers[degree % kNoNumbers.size()];
}

}  // namespace

RoughStream::RoughStream(std::span<const std::uint8_t> bytes, Faults faults) : choices_(bytes), faults_(faults) {
  frame_s_ = 1 / choices_.Between(8, 60);
  const std::size_t figures = 1 + choices_.Below(kMostFigures);
  for (std::size_t i = 0; i < figures; ++i) AddFigure();
}

void RoughStream::AddFigure() {
  const double yaw_deg = choices_.Between(0, 360);
  const bool with_depth = choices_.Below(2) == 1;
  figures_.push_back(
      {.photographer = exercise::testing::Photographer({.yaw_deg = yaw_deg, .with_depth = with_depth}, choices_.Byte()),
       .movement = choices_.Below(kMovements),
       .period_s = choices_.Between(0.4, 10),
       .x = static_cast<float>(choices_.Between(-0.45, 0.45)),
       .track = ++tracks_made_});
  if (faults_ == Faults::kInput) figures_.back().movement = 0;
}

std::optional<Perception> RoughStream::Next() {
  if (frames_left_ == 0) {
    if (choices_.empty()) return std::nullopt;
    PlanShot();
  }
  --frames_left_;
  at_s_ += frame_s_;
  Perception perception = Film();
  Spoil(perception);
  return perception;
}

void RoughStream::PlanShot() {
  frames_left_ = 1 + static_cast<int>(choices_.Below(kLongestShot));
  fault_ = choices_.Below(faults_ == Faults::kAll ? std::size_t{kFaultCount} : std::size_t{kAnywhere});
  degree_ = choices_.Byte();
  if (fault_ == kCrowded) frames_left_ = std::min(frames_left_, kLongestCrowd);
  Disturb();
}

// What happens between two shots.
void RoughStream::Disturb() {
  Figure& figure = figures_[choices_.Below(figures_.size())];
  switch (choices_.Below(12)) {
    case 0:
      at_s_ += choices_.Between(0, 15);
      break;
    case 1:
      at_s_ -= choices_.Between(0, 15);
      break;
    case 2:
      at_s_ = choices_.Between(-100, 1e9);
      break;
    case 3:
      frame_s_ = choices_.Below(4) == 0 ? 0 : 1 / choices_.Between(2, 120);
      break;
    case 4:
      figure.track = ++tracks_made_;
      break;
    case 5:
      figure.is_away = !figure.is_away;
      break;
    case 6:
      std::swap(figure.track, figures_.front().track);
      break;
    case 7:
      second_camera_ = !second_camera_;
      break;
    case 8:
      width_ = 1 + 256 * static_cast<int>(choices_.Below(8));
      break;
    case 9:
      if (faults_ == Faults::kAll) figure.movement = choices_.Below(kMovements);
      break;
    default:
      break;
  }
}

Perception RoughStream::Film() {
  Perception perception{.camera_id = CameraId(second_camera_ ? "cam_02" : "cam_01"),
                        .pts = FromSeconds(at_s_),
                        .captured_at = {},
                        .width = width_,
                        .height = 720,
                        .people = {}};
  for (Figure& figure : figures_) {
    if (!figure.is_away) perception.people.push_back(Photograph(figure));
  }
  return perception;
}

PerceivedPerson RoughStream::Photograph(Figure& figure) {
  const Posture posture = PostureOf(figure.movement, at_s_, figure.period_s);
  PerceivedPerson person = figure.photographer.Photograph(posture, figure.track);
  for (Keypoint& joint : person.pose.keypoints) joint.x += figure.x;
  person.box.x0 += figure.x;
  person.box.x1 += figure.x;
  return person;
}

void RoughStream::Spoil(Perception& perception) {
  std::vector<PerceivedPerson>& people = perception.people;
  for (PerceivedPerson& person : people) SpoilPerson(person);
  if (people.empty()) return;
  if (fault_ == kTwins) {
    people.push_back(people.front());
    people.back().track_id = TrackId(kCrowdTracks - 1);
  } else if (fault_ == kSameTrack) {
    people.push_back(people.back());
    people.back().box.x0 -= 0.01F;
  } else if (fault_ == kCrowded) {
    AddCrowd(perception);
  } else if (fault_ == kReflected) {
    perception.reflections = {people.front().track_id};
    if (degree_ % 2 == 0) people.erase(people.begin());
  } else if (fault_ == kObjects) {
    perception.objects = {{.box = people.front().box, .since = perception.pts - FromSeconds(degree_)}};
  }
}

void RoughStream::SpoilPerson(PerceivedPerson& person) {
  Keypoint& joint = person.pose.keypoints[degree_ % kKeypointCount];
  const auto wander = [&](float reach) { return reach * (static_cast<float>(choices_.Byte()) / 255.0F - 0.5F); };
  switch (fault_) {
    case kNoJointNumbers:
      (degree_ % 2 == 0 ? joint.x : joint.confidence) = NoNumber(degree_);
      if (person.world_landmarks) (*person.world_landmarks)[degree_ % kLandmarkCount].z = NoNumber(degree_);
      break;
    case kJointsHidden:
      for (std::size_t i = degree_ % 3; i < kKeypointCount; i += 1 + degree_ % 5) person.pose.keypoints[i] = {};
      break;
    case kFlatBoxes:
      person.box.x1 = person.box.x0 - static_cast<float>(degree_ % 2);
      break;
    case kDoubt:
      person.in_doubt = true;
      break;
    case kJitter:
      for (Keypoint& k : person.pose.keypoints) k.x += wander(0.004F);
      break;
    case kAnywhere:
      for (Keypoint& k : person.pose.keypoints) k = {0.5F + wander(1), 0.5F + wander(1), 0.5F + wander(1)};
      break;
    case kHuge:
      joint.y = degree_ % 2 == 0 ? 9999 : -9999;
      break;
    case kOnePoint:
      person.pose.keypoints.fill({0.5F, 0.5F, 0.9F});
      break;
    default:
      break;
  }
}

void RoughStream::AddCrowd(Perception& perception) {
  for (int i = 0; i < kCrowd; ++i) {
    PerceivedPerson person = perception.people.front();
    const float x = 0.003F * static_cast<float>(i) - 0.5F;
    for (Keypoint& joint : person.pose.keypoints) joint.x += x;
    person.box.x0 += x;
    person.box.x1 += x;
    person.track_id = TrackId(kCrowdTracks + i);
    perception.people.push_back(person);
  }
}

}  // namespace spotter::testing
