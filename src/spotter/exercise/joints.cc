// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/joints.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace spotter::exercise {
namespace {

// A pose model may place a joint a little outside the picture; farther out it is a guess.
constexpr float kMaxOutside = 0.35F;

bool IsUsable(const Keypoint& keypoint) {
  return std::isfinite(keypoint.x) && std::isfinite(keypoint.y) && keypoint.confidence >= kMinJointConfidence &&
         keypoint.x > -kMaxOutside && keypoint.x < 1 + kMaxOutside && keypoint.y > -kMaxOutside &&
         keypoint.y < 1 + kMaxOutside;
}

// Ankles that are trusted less than this may be hidden, by something in front of them or by the body.
constexpr float kHiddenAnkle = 0.45F;
// A trunk is upright whose shoulders are higher than its hips by more than this share of its length.
constexpr float kUprightTrunk = 0.7F;
// A thigh hangs whose knee lies lower than its hip by more than this share of the torso.
constexpr float kHangingThigh = 0.5F;

// Behind a partition or the back of a machine the pose network folds the legs upwards to have them inside the person's
// box, anew with every movement of the arms. Nobody who stands has both feet above the knees; whose feet are there,
// kneeling or hanging, has them hidden by the thighs from the front.
bool AreAnklesGuessed(const Joints& joints) {
  const auto shoulders = MiddleOf(joints, KeypointId::kLeftShoulder, KeypointId::kRightShoulder);
  const auto hips = MiddleOf(joints, KeypointId::kLeftHip, KeypointId::kRightHip);
  if (!shoulders || !hips) return false;
  const float torso = Distance(*shoulders, *hips);
  if (hips->y - shoulders->y < kUprightTrunk * torso) return false;
  return std::ranges::all_of(std::array{kLeftJoints, kRightJoints}, [&](const SideJoints& side) {
    const Joint& knee = joints[side.knee];
    const Joint& ankle = joints[side.ankle];
    if (ankle.weight <= 0) return true;
    return ankle.weight < kHiddenAnkle && knee.weight > 0 && ankle.at.y < knee.at.y &&
           knee.at.y - hips->y > kHangingThigh * torso;
  });
}

}  // namespace

Joints MakeJoints(const PerceivedPerson& person, Pts pts, float aspect) {
  Joints joints{.pts = pts};
  for (std::size_t i = 0; i < kKeypointCount; ++i) {
    const Keypoint& keypoint = person.pose.keypoints[i];
    if (!IsUsable(keypoint)) continue;
    joints.joints[i] = {{keypoint.x * aspect, keypoint.y}, std::min(keypoint.confidence, 1.0F)};
  }
  if (AreAnklesGuessed(joints)) joints[KeypointId::kLeftAnkle].weight = joints[KeypointId::kRightAnkle].weight = 0;
  if (!person.world_landmarks) return joints;
  joints.world.emplace();
  for (std::size_t i = 0; i < kKeypointCount; ++i)
    (*joints.world)[i] = (*person.world_landmarks)[kLandmarkOfKeypoint[i]];
  return joints;
}

std::optional<Point> MiddleOf(const Joints& joints, KeypointId left, KeypointId right) {
  const Joint& l = joints[left];
  const Joint& r = joints[right];
  if (l.weight > 0 && r.weight > 0) return Midpoint(l.at, r.at);
  if (l.weight > 0) return l.at;
  if (r.weight > 0) return r.at;
  return std::nullopt;
}

KeypointId Mirrored(KeypointId id) {
  const auto index = static_cast<std::size_t>(id);
  if (index == 0) return id;
  return static_cast<KeypointId>(index % 2 == 1 ? index + 1 : index - 1);
}

}  // namespace spotter::exercise
