// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/body_posture.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "spotter/base/check.h"
#include "spotter/exercise/feature.h"

namespace spotter::exercise {
namespace {

using enum KeypointId;

constexpr std::array<BodyMeasure, kLimbMeasures> kOfLimbs = {
    {{.base = "elbow", .words = "angle", .part = BodyPart::kElbow, .is_joint_angle = true},
     {.base = "shoulder", .words = "angle", .part = BodyPart::kShoulder, .is_joint_angle = true},
     {.base = "hip", .words = "angle", .part = BodyPart::kHip, .is_joint_angle = true},
     {.base = "knee", .words = "angle", .part = BodyPart::kKnee, .is_joint_angle = true},
     {.base = "upper_arm", .words = "the upper arm's angle to straight up", .part = BodyPart::kShoulder},
     {.base = "forearm", .words = "the forearm's angle to straight up", .part = BodyPart::kElbow},
     {.base = "thigh", .words = "the thigh's angle to straight up", .part = BodyPart::kHip},
     {.base = "shank", .words = "the shank's angle to straight up", .part = BodyPart::kKnee},
     {.base = "elbow_out", .words = "place outwards", .part = BodyPart::kElbow, .is_angle = false},
     {.base = "elbow_up", .words = "height", .part = BodyPart::kElbow, .is_angle = false},
     {.base = "elbow_back", .words = "place backwards", .part = BodyPart::kElbow, .is_angle = false},
     {.base = "wrist_out", .words = "place outwards", .part = BodyPart::kWrist, .is_angle = false},
     {.base = "wrist_up", .words = "height", .part = BodyPart::kWrist, .is_angle = false},
     {.base = "wrist_back", .words = "place backwards", .part = BodyPart::kWrist, .is_angle = false},
     {.base = "knee_out", .words = "place outwards", .part = BodyPart::kKnee, .is_angle = false},
     {.base = "knee_up", .words = "height", .part = BodyPart::kKnee, .is_angle = false},
     {.base = "knee_back", .words = "place backwards", .part = BodyPart::kKnee, .is_angle = false},
     {.base = "ankle_out", .words = "place outwards", .part = BodyPart::kAnkle, .is_angle = false},
     {.base = "ankle_up", .words = "height", .part = BodyPart::kAnkle, .is_angle = false},
     {.base = "ankle_back", .words = "place backwards", .part = BodyPart::kAnkle, .is_angle = false}}};

constexpr std::array<BodyMeasure, kBodyMeasures> kOfBody = {
    {{.base = "trunk_lean", .words = "lean", .part = BodyPart::kTrunk},
     {.base = "trunk_sway", .words = "lean to the left", .part = BodyPart::kTrunk},
     {.base = "trunk_pitch", .words = "lean backwards", .part = BodyPart::kTrunk},
     {.base = "head_sway", .words = "lean to the left", .part = BodyPart::kHead},
     {.base = "head_pitch", .words = "lean backwards", .part = BodyPart::kHead},
     {.base = "shoulders_turn", .words = "turn", .part = BodyPart::kShoulders},
     {.base = "shoulders_tilt", .words = "tilt", .part = BodyPart::kShoulders},
     {.base = "hips_turn", .words = "turn", .part = BodyPart::kHips},
     {.base = "hips_tilt", .words = "tilt", .part = BodyPart::kHips}}};

constexpr WorldPoint kUp{0, 1, 0};

const WorldPoint& At(const Body& body, KeypointId id) { return body[static_cast<std::size_t>(id)]; }

WorldPoint Minus(const WorldPoint& a, const WorldPoint& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
WorldPoint Plus(const WorldPoint& a, const WorldPoint& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
WorldPoint Midpoint(const WorldPoint& a, const WorldPoint& b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2, (a.z + b.z) / 2};
}
float Dot(const WorldPoint& a, const WorldPoint& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
float Length(const WorldPoint& a) { return std::sqrt(Dot(a, a)); }

// Radians in [0, pi]; NaN where a vector is unknown or has no length.
float AngleBetween(const WorldPoint& a, const WorldPoint& b) {
  const float cosine = Dot(a, b) / (Length(a) * Length(b));
  return std::isnan(cosine) ? kMissing : std::acos(std::clamp(cosine, -1.0F, 1.0F));
}

// How far a vector leans over to the side on which `part` of it lies, radians in [-pi/2, pi/2].
float Lean(const WorldPoint& vector, float part) {
  const float sine = part / Length(vector);
  return std::isnan(sine) ? kMissing : std::asin(std::clamp(sine, -1.0F, 1.0F));
}

struct Frame {
  WorldPoint shoulders;  // middle
  WorldPoint hips;
  float torso_length;
};

std::array<float, kLimbMeasures> MeasureSide(const Body& body, const SideJoints& side, const Frame& frame, float out) {
  const WorldPoint& shoulder = At(body, side.shoulder);
  const WorldPoint& elbow = At(body, side.elbow);
  const WorldPoint& wrist = At(body, side.wrist);
  const WorldPoint& hip = At(body, side.hip);
  const WorldPoint& knee = At(body, side.knee);
  const WorldPoint& ankle = At(body, side.ankle);
  std::array<float, kLimbMeasures> values = {AngleBetween(Minus(shoulder, elbow), Minus(wrist, elbow)),
                                             AngleBetween(Minus(hip, shoulder), Minus(elbow, shoulder)),
                                             AngleBetween(Minus(shoulder, hip), Minus(knee, hip)),
                                             AngleBetween(Minus(hip, knee), Minus(ankle, knee)),
                                             AngleBetween(Minus(elbow, shoulder), kUp),
                                             AngleBetween(Minus(wrist, elbow), kUp),
                                             AngleBetween(Minus(knee, hip), kUp),
                                             AngleBetween(Minus(ankle, knee), kUp)};
  std::size_t next = 8;
  for (const WorldPoint& place : {Minus(elbow, frame.shoulders), Minus(wrist, frame.shoulders), Minus(knee, frame.hips),
                                  Minus(ankle, frame.hips)}) {
    values[next++] = out * place.x / frame.torso_length;
    values[next++] = place.y / frame.torso_length;
    values[next++] = place.z / frame.torso_length;
  }
  return values;
}

// Middle of the ears, which stay where they are when somebody nods; of the one that is seen where one is hidden.
WorldPoint HeadOf(const Body& body) {
  const WorldPoint& left = At(body, kLeftEar);
  const WorldPoint& right = At(body, kRightEar);
  if (std::isnan(left.x)) return right;
  return std::isnan(right.x) ? left : Midpoint(left, right);
}

std::array<float, kBodyMeasures> MeasureWhole(const Body& body, const Frame& frame) {
  const WorldPoint trunk = Minus(frame.shoulders, frame.hips);
  const WorldPoint head = Minus(HeadOf(body), frame.shoulders);
  const WorldPoint shoulders = Minus(At(body, kLeftShoulder), At(body, kRightShoulder));
  const WorldPoint hips = Minus(At(body, kLeftHip), At(body, kRightHip));
  return {AngleBetween(trunk, kUp),     Lean(trunk, trunk.x), Lean(trunk, trunk.z),
          Lean(head, head.x),           Lean(head, head.z),   Lean(shoulders, shoulders.z),
          Lean(shoulders, shoulders.y), Lean(hips, hips.z),   Lean(hips, hips.y)};
}

Frame FrameOf(const Body& body, float torso_length) {
  return {Midpoint(At(body, kLeftShoulder), At(body, kRightShoulder)),
          Midpoint(At(body, kLeftHip), At(body, kRightHip)), torso_length};
}

}  // namespace

std::string_view ToString(BodySpace space) { return space == BodySpace::kWorld ? "world" : "flat"; }

std::string_view ToString(BodyPart part) {
  constexpr std::array<std::string_view, 10> kNames = {"shoulder", "elbow", "wrist", "hip",       "knee",
                                                       "ankle",    "trunk", "head",  "shoulders", "hips"};
  return kNames[static_cast<std::size_t>(part)];
}

std::optional<Body> MakeBody(const Joints& joints, BodySpace space) {
  if (space == BodySpace::kWorld && !joints.world) return std::nullopt;
  Body body;
  for (std::size_t i = 0; i < kKeypointCount; ++i) {
    const Joint& joint = joints.joints[i];
    WorldPoint point{joint.at.x, -joint.at.y, 0};
    if (space == BodySpace::kWorld) {
      const WorldPoint& world = (*joints.world)[i];
      point = {world.x, -world.y, world.z};
    }
    body[i] = joint.weight > 0 ? point : WorldPoint{kMissing, kMissing, kMissing};
  }
  return body;
}

Body Mirrored(const Body& body) {
  Body mirrored;
  for (std::size_t i = 0; i < kKeypointCount; ++i) {
    const WorldPoint& other = At(body, Mirrored(static_cast<KeypointId>(i)));
    mirrored[i] = {-other.x, other.y, other.z};
  }
  return mirrored;
}

WorldPoint Across(const Body& body) {
  return Plus(Minus(At(body, kLeftShoulder), At(body, kRightShoulder)), Minus(At(body, kLeftHip), At(body, kRightHip)));
}

Body TurnedAboutVertical(const Body& body, float angle_rad) {
  const float cosine = std::cos(angle_rad);
  const float sine = std::sin(angle_rad);
  Body turned = body;
  for (WorldPoint& point : turned)
    point = {cosine * point.x - sine * point.z, point.y, sine * point.x + cosine * point.z};
  return turned;
}

BodyMeasure MeasureAt(std::size_t index) {
  SPOTTER_CHECK(index < kMeasureCount);
  if (index >= 3 * kLimbMeasures) return kOfBody[index - 3 * kLimbMeasures];
  BodyMeasure measure = kOfLimbs[index % kLimbMeasures];
  measure.limb = static_cast<LimbRole>(index / kLimbMeasures);
  return measure;
}

std::string MeasureName(std::size_t index) {
  constexpr std::array<std::string_view, 3> kLimbs = {"working", "other", "difference"};
  const BodyMeasure measure = MeasureAt(index);
  if (measure.limb == LimbRole::kBody) return std::string(measure.base);
  return fmt::format("{}.{}", kLimbs[static_cast<std::size_t>(measure.limb)], measure.base);
}

std::optional<std::size_t> ParseMeasure(std::string_view name) {
  for (std::size_t i = 0; i < kMeasureCount; ++i) {
    if (MeasureName(i) == name) return i;
  }
  return std::nullopt;
}

std::size_t IndexOf(std::string_view base, LimbRole limb) {
  for (std::size_t i = 0; i < kMeasureCount; ++i) {
    const BodyMeasure measure = MeasureAt(i);
    if (measure.base == base && measure.limb == limb) return i;
  }
  SPOTTER_CHECK(false);
  return 0;
}

float TorsoLength(const Body& body) {
  const Frame frame = FrameOf(body, 1);
  return Length(Minus(frame.shoulders, frame.hips));
}

std::array<float, kMeasureCount> MeasureBody(const Body& body, float torso_length) {
  const Frame frame = FrameOf(body, torso_length);
  const auto working = MeasureSide(body, kLeftJoints, frame, 1);
  const auto other = MeasureSide(body, kRightJoints, frame, -1);
  const auto whole = MeasureWhole(body, frame);
  std::array<float, kMeasureCount> all{};
  for (std::size_t i = 0; i < kLimbMeasures; ++i) {
    all[i] = working[i];
    all[kLimbMeasures + i] = other[i];
    all[2 * kLimbMeasures + i] = working[i] - other[i];
  }
  std::ranges::copy(whole, all.begin() + 3 * kLimbMeasures);
  return all;
}

}  // namespace spotter::exercise
