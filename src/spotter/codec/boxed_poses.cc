// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/boxed_poses.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include "spotter/core/pose_box.h"

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
constexpr std::size_t kWindowPoses = 20;  // looked at together
constexpr std::size_t kMostKept = 150;    // frames, of all cameras
constexpr double kBoxedMisfit = 0.65;  // at most, of the misfit with one scale: recordings of cameras reach 0.77, and
                                       // one of 124 less when one box is drawn around all that somebody does
constexpr double kTorso = 0.16;        // of the frame's height: arms overhead fit in, and who lies along it
constexpr float kFloor = 0.9F;         // of its height, where the lowest joint is put
constexpr float kMargin = 0.03F;       // of the frame, around the joints

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

std::vector<BoxedBone> BonesIn(std::span<const Pose> poses, const Box& box) {
  std::vector<BoxedBone> bones;
  for (const Pose& pose : poses) std::ranges::copy(BonesIn(pose, box), std::back_inserter(bones));
  return bones;
}

// The size at which all the bones together fit best.
BoxSize FirstSize(std::span<const BoxedBone> bones) {
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

// The misfit of the poses in a box that a camera has seen: one size, the same for both ways.
double MisfitAsSeen(std::span<const BoxedBone> bones, double across_per_down) {
  double least = std::numeric_limits<double>::infinity();
  for (double down = kSmallest; down <= kLargest; down += kCoarseStep)
    least = std::min(least, Misfit(bones, {down + std::log(across_per_down), down}));
  return least;
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
  const std::optional<Box> joints = BoundingBox(person.pose);
  return joints && joints->width() >= kLeastFill * person.box.width() &&
         joints->height() >= kLeastFill * person.box.height();
}

// Whether the poses have the proportions of a body only when their box is scaled across and down apart, in the frame
// of the perception.
bool AreBoxed(std::span<const Pose> poses, const Box& box, const Perception& frame) {
  if (frame.width <= 0 || frame.height <= 0) return false;
  const std::vector<BoxedBone> bones = BonesIn(poses, box);
  const double across_per_down = box.width() * frame.width / (box.height() * frame.height);
  return Misfit(bones, FirstSize(bones)) < kBoxedMisfit * MisfitAsSeen(bones, across_per_down);
}

bool HasTrunkMoved(const Pose& pose, const Pose& before) {
  return std::ranges::none_of(std::array{kLeftShoulder, kRightShoulder, kLeftHip, kRightHip},
                              [&](KeypointId id) { return pose[id].point() == before[id].point(); });
}

}  // namespace

PoseRestorer::PoseRestorer(std::span<const Pose> poses, const Box& box)
    : box_(box), size_(FirstSize(BonesIn(poses, box))) {}

void PoseRestorer::Restore(PerceivedPerson& person, int width, int height) {
  const std::optional<Box> joints = BoundingBox(person.pose);
  if (!joints || person.box != box_) return;
  size_ = NextSize(BonesIn(person.pose, box_), size_);
  const double torso_x = kTorso * height / std::max(width, 1);
  const auto across = static_cast<float>(std::exp(size_.across) * torso_x / box_.width());
  const auto down = static_cast<float>(std::exp(size_.down) * kTorso / box_.height());
  const float feet_x = FeetX(person);
  for (Keypoint& joint : person.pose.keypoints) {
    joint.x = box_.center().x + across * (joint.x - feet_x);
    joint.y = kFloor + down * (joint.y - joints->y1);
  }
  const Box restored = *BoundingBox(person.pose);
  person.box = {restored.x0 - kMargin, restored.y0 - kMargin, restored.x1 + kMargin, restored.y1 + kMargin};
}

std::vector<Perception> BoxedPoses::Push(Perception perception) {
  Camera& camera = cameras_[perception.camera_id];
  if (camera.kind == Kind::kNobodyYet || camera.kind == Kind::kUnknown) Examine(perception, camera);
  kept_.push_back(std::move(perception));
  if (kept_.size() >= kMostKept) return Flush();
  const auto is_open = [](const auto& entry) { return entry.second.kind == Kind::kUnknown; };
  return std::ranges::any_of(cameras_, is_open) ? std::vector<Perception>{} : Release();
}

std::vector<Perception> BoxedPoses::Flush() {
  for (auto& [id, camera] : cameras_) {
    if (camera.kind == Kind::kUnknown) camera.kind = Kind::kPlain;
  }
  return Release();
}

bool BoxedPoses::found() const {
  return std::ranges::any_of(cameras_, [](const auto& entry) { return entry.second.kind == Kind::kBoxed; });
}

std::vector<Perception> BoxedPoses::Release() {
  std::vector<Perception> ready = std::exchange(kept_, {});
  for (Perception& perception : ready) Restore(perception, cameras_.at(perception.camera_id));
  return ready;
}

// Says that the camera is plain as soon as something looks like what a camera has seen.
void BoxedPoses::Examine(const Perception& perception, Camera& camera) {
  const bool is_known = camera.kind == Kind::kUnknown;
  const auto is_first = [&](const PerceivedPerson& p) { return !is_known || p.track_id == camera.first.track_id; };
  const auto person = std::ranges::find_if(perception.people, is_first);
  if (person == perception.people.end()) return;
  const bool has_moved_box = is_known && person->box != camera.first.box;
  if (has_moved_box || person->landmarks || person->world_landmarks || !Fills(*person)) {
    camera.kind = Kind::kPlain;
    return;
  }
  if (is_known && HasTrunkMoved(person->pose, camera.first.pose)) camera.poses.push_back(person->pose);
  camera.kind = Kind::kUnknown;
  camera.first = *person;
  const bool is_window = !camera.poses.empty() && camera.poses.size() % kWindowPoses == 0;
  if (is_window && AreBoxed(std::span(camera.poses).last(kWindowPoses), camera.first.box, perception)) {
    camera.kind = Kind::kBoxed;
    camera.restorers.try_emplace(camera.first.track_id, camera.poses, camera.first.box);
  }
}

void BoxedPoses::Restore(Perception& perception, Camera& camera) {
  if (camera.kind != Kind::kBoxed) return;
  for (PerceivedPerson& person : perception.people) {
    if (person.landmarks || person.world_landmarks) continue;
    const auto known = camera.restorers.try_emplace(person.track_id, std::span(&person.pose, 1), person.box).first;
    known->second.Restore(person, perception.width, perception.height);
  }
}

}  // namespace spotter::codec
