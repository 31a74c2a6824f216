// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "spotter/core/rep.h"
#include "spotter/exercise/joints.h"

namespace spotter::exercise {

// Where a body's joints are known: in metres (world landmarks), or flat in the picture, where depth is missing and
// what is measured depends on the side from which the camera looks.
enum class BodySpace { kWorld, kFlat };
std::string_view ToString(BodySpace space);

// A person's joints, x right in the picture, y up, z away from the camera; NaN = not seen. Any unit of length.
using Body = std::array<WorldPoint, kKeypointCount>;

// None where the frame does not have that space.
std::optional<Body> MakeBody(const Joints& joints, BodySpace space);
// The body as in a mirror: left and right exchanged, x turned round.
Body Mirrored(const Body& body);
// Where the person's left is: the sum of the lines from the right to the left shoulder and hip.
WorldPoint Across(const Body& body);
// Turns the body about the vertical by an angle in radians, x towards z.
Body TurnedAboutVertical(const Body& body, float angle_rad);

// The part of the body that a measure says something about. kShoulders and kHips: the line from left to right.
enum class BodyPart { kShoulder, kElbow, kWrist, kHip, kKnee, kAnkle, kTrunk, kHead, kShoulders, kHips };
std::string_view ToString(BodyPart part);

// Of a limb measure: which side's. The working side is the one that moves more in the repetition.
enum class LimbRole { kWorking, kOther, kDifference, kBody };

// What is measured of a body in one frame: angles in radians (between limbs, or of a limb, the trunk or the head
// against the vertical), places in torso lengths from the middle of the shoulders (arms) or hips (legs).
struct BodyMeasure {
  std::string_view base;   // "knee", "wrist_up", "trunk_lean" ...
  std::string_view words;  // for people
  BodyPart part = BodyPart::kTrunk;
  LimbRole limb = LimbRole::kBody;
  bool is_angle = true;
  bool is_joint_angle = false;  // between two limbs: pi = straight
};

inline constexpr std::size_t kLimbMeasures = 20;
inline constexpr std::size_t kBodyMeasures = 9;
inline constexpr std::size_t kMeasureCount = 3 * kLimbMeasures + kBodyMeasures;

// REQUIRES: index < kMeasureCount
BodyMeasure MeasureAt(std::size_t index);
// "working.knee", "difference.wrist_up", "trunk_lean".
std::string MeasureName(std::size_t index);
std::optional<std::size_t> ParseMeasure(std::string_view name);
// Index of the measure of this base and limb. REQUIRES: there is one
std::size_t IndexOf(std::string_view base, LimbRole limb);

// Length of the trunk, in the body's unit; NaN where shoulders or hips are not seen.
float TorsoLength(const Body& body);
// All measures of one frame; those of joints that are not seen are NaN. The body's left side is the working one.
std::array<float, kMeasureCount> MeasureBody(const Body& body, float torso_length);

}  // namespace spotter::exercise
