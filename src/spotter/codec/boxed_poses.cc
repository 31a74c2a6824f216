// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/boxed_poses.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace spotter::codec {
namespace {

using enum KeypointId;

struct Bone {
  KeypointId a;
  KeypointId b;
  double length;  // torso lengths, mean of adults (Drillis & Contini 1966; keypoint shoulders and hips)
  double weight;  // how far it is believed: ends of limbs and heads vary most
};
constexpr std::array<Bone, 14> kBones = {{{kLeftShoulder, kLeftHip, 1, 2},
                                          {kRightShoulder, kRightHip, 1, 2},
                                          {kLeftHip, kLeftKnee, 0.85, 1},
                                          {kRightHip, kRightKnee, 0.85, 1},
                                          {kLeftKnee, kLeftAnkle, 0.85, 1},
                                          {kRightKnee, kRightAnkle, 0.85, 1},
                                          {kLeftShoulder, kLeftElbow, 0.62, 1},
                                          {kRightShoulder, kRightElbow, 0.62, 1},
                                          {kLeftElbow, kLeftWrist, 0.55, 0.7},
                                          {kRightElbow, kRightWrist, 0.55, 0.7},
                                          {kLeftShoulder, kRightShoulder, 0.72, 1},
                                          {kLeftHip, kRightHip, 0.42, 0.7},
                                          {kNose, kLeftShoulder, 0.62, 0.5},
                                          {kNose, kRightShoulder, 0.62, 0.5}}};

// What a size costs, summed over the bones: natural logarithms of how far each is off its length.
constexpr double kTooLong = 3;      // times the square: no view lengthens a bone
constexpr double kTooShort = 0.15;  // times the amount: most bones lie near the plane of the picture, some never do
constexpr double kMostOff = 1;      // nothing costs more than this
constexpr double kChange = 4;       // times the square of a change from one frame to the next
constexpr std::array kSteps = {0.1, 0.02, 0.004};  // of the search around the size before,
constexpr int kReach = 5;                          // so many either way
constexpr double kSmallest = -1.5;                 // boxes of a body: a fifth of a torso
constexpr double kLargest = 3;                     // to twenty of them, across and down
constexpr double kCoarseStep = 0.1;

constexpr float kLeastFill = 0.55F;  // of the box, that the joints span: hands and feet go beyond wrists and ankles
constexpr std::size_t kEnoughPoses = 20;  // that fill one box
constexpr std::size_t kMostKept = 90;     // frames
constexpr double kTorso = 0.16;           // of the frame's height: arms overhead fit in, and who lies along it
constexpr float kMiddle = 0.5F;           // of the frame's width, where the ankles are put
constexpr float kFloor = 0.9F;            // of its height, where the lowest joint is put
constexpr float kMargin = 0.03F;          // of the frame, around the joints

// A bone in a box of one torso length across and down.
struct BoxedBone {
  double across2 = 0;  // squared
  double down2 = 0;
  double log_length = 0;  // what it should be, torso lengths
  double weight = 0;
};

std::vector<BoxedBone> BonesIn(const Pose& pose, const Box& box) {
  constexpr double kLeast2 = 1e-8;  // a bone that points to the camera still has a logarithm
  std::vector<BoxedBone> bones;
  for (const Bone& bone : kBones) {
    if (pose[bone.a].confidence <= 0 || pose[bone.b].confidence <= 0) continue;
    const Point way = pose[bone.b].point() - pose[bone.a].point();
    bones.push_back({kLeast2 + std::pow(way.x / box.width(), 2), kLeast2 + std::pow(way.y / box.height(), 2),
                     std::log(bone.length), bone.weight});
  }
  return bones;
}

double Misfit(std::span<const BoxedBone> bones, const BoxSize& size) {
  const double across2 = std::exp(2 * size.across);
  const double down2 = std::exp(2 * size.down);
  double sum = 0;
  for (const BoxedBone& bone : bones) {
    const double off = 0.5 * std::log(across2 * bone.across2 + down2 * bone.down2) - bone.log_length;
    const double amount = std::min(std::abs(off), kMostOff);
    sum += bone.weight * (off > 0 ? kTooLong * amount * amount : kTooShort * amount);
  }
  return sum;
}

// The size at which all the poses together fit best.
BoxSize FirstSize(std::span<const Pose> poses, const Box& box) {
  std::vector<BoxedBone> bones;
  for (const Pose& pose : poses) std::ranges::copy(BonesIn(pose, box), std::back_inserter(bones));
  BoxSize best;
  double least = std::numeric_limits<double>::infinity();
  for (BoxSize size{.across = kSmallest}; size.across <= kLargest; size.across += kCoarseStep) {
    for (size.down = kSmallest; size.down <= kLargest; size.down += kCoarseStep) {
      const double misfit = Misfit(bones, size);
      if (misfit >= least) continue;
      least = misfit;
      best = size;
    }
  }
  return best;
}

BoxSize NextSize(std::span<const BoxedBone> bones, const BoxSize& before) {
  const auto cost = [&](const BoxSize& size) {
    const double across = size.across - before.across;
    const double down = size.down - before.down;
    return Misfit(bones, size) + kChange * (across * across + down * down);
  };
  BoxSize best = before;
  double least = cost(best);
  for (const double step : kSteps) {
    const BoxSize middle = best;
    for (int i = -kReach; i <= kReach; ++i) {
      for (int j = -kReach; j <= kReach; ++j) {
        const BoxSize size{middle.across + i * step, middle.down + j * step};
        const double here = cost(size);
        if (here >= least) continue;
        least = here;
        best = size;
      }
    }
  }
  return best;
}

// Around the joints that are seen. REQUIRES: one of them
Box BoxAround(const Pose& pose) {
  constexpr float kFar = std::numeric_limits<float>::infinity();
  Box box{kFar, kFar, -kFar, -kFar};
  for (const Keypoint& joint : pose.keypoints) {
    if (joint.confidence <= 0) continue;
    box = {std::min(box.x0, joint.x), std::min(box.y0, joint.y), std::max(box.x1, joint.x), std::max(box.y1, joint.y)};
  }
  return box;
}

// The middle of the ankles that are seen, across the picture; of the box where none is.
float FeetX(const PerceivedPerson& person) {
  float sum = 0;
  float count = 0;
  for (const KeypointId id : {kLeftAnkle, kRightAnkle}) {
    if (person.pose[id].confidence <= 0) continue;
    sum += person.pose[id].x;
    ++count;
  }
  return count > 0 ? sum / count : person.box.center().x;
}

bool Fills(const PerceivedPerson& person) {
  const Box joints = BoxAround(person.pose);
  return joints.width() >= kLeastFill * person.box.width() && joints.height() >= kLeastFill * person.box.height();
}

bool HasTrunkMoved(const Pose& pose, const Pose& before) {
  return std::ranges::none_of(std::array{kLeftShoulder, kRightShoulder, kLeftHip, kRightHip},
                              [&](KeypointId id) { return pose[id].point() == before[id].point(); });
}

}  // namespace

PoseRestorer::PoseRestorer(std::span<const Pose> poses, const Box& box) : size_(FirstSize(poses, box)) {}

void PoseRestorer::Restore(PerceivedPerson& person, int width, int height) {
  if (!(BoxAround(person.pose).height() >= 0)) return;  // no joint is seen
  size_ = NextSize(BonesIn(person.pose, person.box), size_);
  const double torso_x = kTorso * height / std::max(width, 1);
  const auto across = static_cast<float>(std::exp(size_.across) * torso_x / person.box.width());
  const auto down = static_cast<float>(std::exp(size_.down) * kTorso / person.box.height());
  const float feet_x = FeetX(person);
  const float lowest_y = BoxAround(person.pose).y1;
  for (Keypoint& joint : person.pose.keypoints) {
    joint.x = kMiddle + across * (joint.x - feet_x);
    joint.y = kFloor + down * (joint.y - lowest_y);
  }
  const Box joints = BoxAround(person.pose);
  person.box = {joints.x0 - kMargin, joints.y0 - kMargin, joints.x1 + kMargin, joints.y1 + kMargin};
}

std::vector<Perception> BoxedPoses::Push(Perception perception) {
  if (kind_ == Kind::kUnknown) Examine(perception);
  if (kind_ == Kind::kBoxed) Restore(perception);
  kept_.push_back(std::move(perception));
  if (kind_ == Kind::kUnknown && (poses_.size() >= kEnoughPoses || kept_.size() >= kMostKept)) Decide();
  const bool is_ready = kind_ != Kind::kUnknown || !first_;
  return is_ready ? std::exchange(kept_, {}) : std::vector<Perception>{};
}

std::vector<Perception> BoxedPoses::Flush() {
  if (kind_ == Kind::kUnknown) Decide();
  return std::exchange(kept_, {});
}

// Decides that it is plain as soon as something looks like what a camera has seen.
void BoxedPoses::Examine(const Perception& perception) {
  const auto is_first = [&](const PerceivedPerson& person) { return !first_ || person.track_id == first_->track_id; };
  const auto person = std::ranges::find_if(perception.people, is_first);
  if (person == perception.people.end()) return;
  const bool has_moved_box = first_ && person->box != first_->box;
  if (has_moved_box || person->landmarks || person->world_landmarks || !Fills(*person)) {
    kind_ = Kind::kPlain;
    return;
  }
  if (first_ && HasTrunkMoved(person->pose, first_->pose)) poses_.push_back(person->pose);
  first_ = *person;
}

void BoxedPoses::Decide() {
  kind_ = poses_.size() >= kEnoughPoses ? Kind::kBoxed : Kind::kPlain;
  if (kind_ == Kind::kPlain) return;
  for (Perception& perception : kept_) Restore(perception);
}

void BoxedPoses::Restore(Perception& perception) {
  for (PerceivedPerson& person : perception.people) {
    if (person.landmarks || person.world_landmarks) continue;
    const std::pair key{perception.camera_id, person.track_id};
    auto restorer = restorers_.find(key);
    if (restorer == restorers_.end()) {
      const bool is_first = person.track_id == first_->track_id;
      const std::span<const Pose> poses = is_first ? std::span<const Pose>(poses_) : std::span(&person.pose, 1);
      restorer = restorers_.try_emplace(key, poses, person.box).first;
    }
    restorer->second.Restore(person, perception.width, perception.height);
  }
}

}  // namespace spotter::codec
