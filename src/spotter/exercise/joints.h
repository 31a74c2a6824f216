// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "spotter/base/time.h"
#include "spotter/core/perception.h"
#include "spotter/core/pose.h"
#include "spotter/geometry/box.h"

namespace spotter::exercise {

// One joint in an isotropic picture plane: unit = height of the frame, x right, y down.
struct Joint {
  Point at;
  float weight = 0;  // [0, 1] how much it is trusted; 0 = not seen, `at` means nothing
};

// One person's joints at one time.
struct Joints {
  Pts pts{0};
  std::array<Joint, kKeypointCount> joints{};
  // The same joints in metres; none where the pose network gives none.
  std::optional<std::array<WorldPoint, kKeypointCount>> world{};

  Joint& operator[](KeypointId id) { return joints[static_cast<std::size_t>(id)]; }
  const Joint& operator[](KeypointId id) const { return joints[static_cast<std::size_t>(id)]; }
};

// Joints below this confidence count as not seen: pose models place hidden joints somewhere plausible, with a low
// score.
inline constexpr float kMinJointConfidence = 0.12F;

// One side's limb joints, so that one function serves both.
struct SideJoints {
  KeypointId shoulder, elbow, wrist, hip, knee, ankle;
};
inline constexpr SideJoints kLeftJoints = {KeypointId::kLeftShoulder, KeypointId::kLeftElbow, KeypointId::kLeftWrist,
                                           KeypointId::kLeftHip,      KeypointId::kLeftKnee,  KeypointId::kLeftAnkle};
inline constexpr SideJoints kRightJoints = {KeypointId::kRightShoulder, KeypointId::kRightElbow,
                                            KeypointId::kRightWrist,    KeypointId::kRightHip,
                                            KeypointId::kRightKnee,     KeypointId::kRightAnkle};

// The person's keypoints in the isotropic plane, and in metres where the person has world landmarks. `aspect` is frame
// width / height. Joints that are not finite, far outside the picture or below kMinJointConfidence get weight 0, and so
// do both ankles where the network can only have guessed them.
Joints MakeJoints(const PerceivedPerson& person, Pts pts, float aspect);

// Between both joints, or the one that is seen; none when neither is.
std::optional<Point> MiddleOf(const Joints& joints, KeypointId left, KeypointId right);

// The joint of the other side of the body; the nose is its own.
KeypointId Mirrored(KeypointId id);

}  // namespace spotter::exercise
