// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "spotter/geometry/box.h"

namespace spotter {

// The 17 COCO joints in their published order. Left and right are the person's own.
enum class KeypointId : std::size_t {
  kNose,
  kLeftEye,
  kRightEye,
  kLeftEar,
  kRightEar,
  kLeftShoulder,
  kRightShoulder,
  kLeftElbow,
  kRightElbow,
  kLeftWrist,
  kRightWrist,
  kLeftHip,
  kRightHip,
  kLeftKnee,
  kRightKnee,
  kLeftAnkle,
  kRightAnkle,
};
inline constexpr std::size_t kKeypointCount = 17;

// One joint; x, y in fractions of the frame inside a Perception (may lie outside [0,1] when the joint is out of the
// picture).
struct Keypoint {
  float x = 0;
  float y = 0;
  float confidence = 0;  // [0, 1]; 0 = not seen, its position means nothing
  Point point() const { return {x, y}; }
  bool operator==(const Keypoint&) const = default;
};

struct Pose {
  std::array<Keypoint, kKeypointCount> keypoints{};

  Keypoint& operator[](KeypointId id) { return keypoints[static_cast<std::size_t>(id)]; }
  const Keypoint& operator[](KeypointId id) const { return keypoints[static_cast<std::size_t>(id)]; }
  bool operator==(const Pose&) const = default;
};

// BlazePose's 33 landmarks: https://ai.google.dev/edge/mediapipe/solutions/vision/pose_landmarker (same order).
inline constexpr std::size_t kLandmarkCount = 33;

struct Landmark {
  float x = 0;  // fraction of the frame's width
  float y = 0;  // fraction of the frame's height
  float z = 0;  // depth relative to the hips, fraction of the frame's width, smaller = closer
  float confidence = 0;
  bool operator==(const Landmark&) const = default;
};

struct WorldPoint {
  float x = 0;  // metres, origin between the hips, camera axes: x right, y down, z away
  float y = 0;
  float z = 0;
  bool operator==(const WorldPoint&) const = default;
};

using Landmarks = std::array<Landmark, kLandmarkCount>;
using WorldLandmarks = std::array<WorldPoint, kLandmarkCount>;

// Landmark index of each COCO joint.
inline constexpr std::array<std::size_t, kKeypointCount> kLandmarkOfKeypoint = {0,  2,  5,  7,  8,  11, 12, 13, 14,
                                                                                15, 16, 23, 24, 25, 26, 27, 28};

}  // namespace spotter
