// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "spotter/base/time.h"

namespace spotter::exercise {

// What is measured of a body in one frame. Angles are radians; lengths, heights and distances are in torso lengths of
// the person (shoulder to hip, seen square on), "height" is up in the picture. The names in exercise files are the
// snake_case of the enumerators (kWristHeight -> wrist_height). None of them tells left from right in the picture, so
// a mirrored video gives the same values; .lead and what is left against right change their sign.
enum class Feature : std::size_t {
  // Of both sides: the suffixes .left .right .mean .min .max .diff .lead in exercise files say which; plain means
  // .mean, weighted by how well each side is seen. Where one side is not seen the other one stands for .min and .max;
  // .diff and .lead need both.
  kKnee,         // interior angle hip-knee-ankle
  kHip,          // interior angle shoulder-hip-knee
  kElbow,        // interior angle shoulder-elbow-wrist
  kShoulder,     // angle hip-shoulder-elbow: 0 = arm along the trunk
  kWristHeight,  // wrist above its shoulder
  kElbowHeight,  // elbow above its shoulder
  kKneeHeight,   // knee above its hip
  kWristFloor,   // wrist above the lower ankle
  kArmReach,     // distance shoulder to wrist in the picture
  kWristOut,     // wrist beyond its shoulder, away from the other one
  kForearm,      // forearm against straight up: 0 = hand above the elbow, pi = hanging
  kUpperArm,     // upper arm against straight down: 0 = hanging, pi = overhead
  kThigh,        // thigh against straight down: 0 = standing, pi/2 = level
  kShank,        // shank against straight down
  kWristTrunk,   // wrist above its shoulder along the trunk: 0 = shoulder level, -1 = hip level
  // Of the whole body.
  kTorsoLean,       // trunk against the vertical: 0 upright, pi/2 level, pi upside down
  kTorsoTilt,       // the same in space, from how much of it is left upright: also seen from the front
  kTorsoLength,     // apparent length of the trunk: below 1 it is foreshortened
  kBodyLean,        // ankles to shoulders against the vertical
  kHipHeight,       // hips above the lower ankle
  kShoulderHeight,  // shoulders above the lower ankle
  kHeadHeight,      // nose above the shoulders
  kHipsY,           // height in the picture of the hips, of ... : only differences over time mean something
  kShouldersY,
  kWristsY,
  kAnklesY,
  kHipsX,
  kAnklesX,
  kWristSpread,  // distance between the wrists in the picture
  kElbowSpread,
  kAnkleSpread,    // distance between the ankles in the picture
  kShoulderWidth,  // apparent: about 0.75 seen from the front, 0 from the side
  kSize,           // torso length as a share of the frame's height
  kConfidence,     // mean confidence of the twelve body joints, [0, 1]
  // How something is done rather than what: for form rules, for telling variants apart, and for the gates of exercises
  // that nothing else tells apart. No part of a Movement.
  kKneeCave,     // distance of the ankles minus that of the knees, across the picture: the knees lie inside the feet
  kHipLine,      // hips above the straight line from shoulders to ankles
  kEarHeight,    // ears above the shoulders: unlike the nose they stay when somebody nods
  kNeck,         // interior angle hips-shoulders-ears: pi = head in line with the trunk
  kSway,         // trunk against the vertical, signed by the side of the picture: only differences mean something
  kThighLength,  // apparent length of the thighs, the longer one: below 0.85 they point towards the camera or away
  kFootRaise,    // higher ankle above the lower one
  kStagger,      // how differently the legs stand: the larger difference in height, of the ankles or of the knees
  kWristHip,     // distance wrist to hip of the same side in the picture, of both sides as paired features are
  kBalance,  // middle of the trunk beyond the ankles, to the side of the picture that the knees point to; 0 where the
             // thighs hardly point to a side. Nobody who stands on his feet has it far below 0: a seat carries him
  // For cadence only: left against right, so that two legs that take turns make one cycle. Only the rhythm means
  // something.
  kStride,    // left ankle beyond the right one, across the picture
  kFootLead,  // left ankle above the right one
  kKneeLead,  // left knee above the right one
  kCount,
};
inline constexpr std::size_t kFeatureCount = static_cast<std::size_t>(Feature::kCount);
inline constexpr std::size_t kMovementCount = static_cast<std::size_t>(Feature::kKneeCave);  // of a Movement
inline constexpr std::size_t kPairedCount = static_cast<std::size_t>(Feature::kTorsoLean);

inline constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

// Which side of a paired feature. kDiff is how far apart the sides are, kLead left minus right.
enum class SideUse { kMean, kLeft, kRight, kMin, kMax, kDiff, kLead };

struct FeatureRef {
  Feature feature = Feature::kTorsoLean;
  SideUse side = SideUse::kMean;
  bool operator==(const FeatureRef&) const = default;
};

// A value for each feature, for both sides together; kMissing where it is not known.
using FeatureValues = std::array<float, kFeatureCount>;

// All features at one time; missing ones are NaN.
struct FeatureFrame {
  Pts pts{0};
  FeatureValues mean{};
  std::array<float, kPairedCount> left{};
  std::array<float, kPairedCount> right{};
  float legs_seen = 0;  // how well knees and ankles were seen lately: mean confidence, [0, 1]
  bool wiping = false;  // a hand has gone to and fro over a surface lately (wiping_detector.h); set by PersonAnalyzer

  float Get(FeatureRef ref) const;
};

bool IsPaired(Feature feature);
bool IsAngle(Feature feature);
// Measured at one arm or at both, or between them.
bool IsOfArms(Feature feature);

// "elbow", "elbow.min" -> the reference; none for an unknown name, or a side of a feature that has none.
std::optional<FeatureRef> ParseFeature(std::string_view text);
std::string_view Name(Feature feature);
// With the side, as ParseFeature reads it: "elbow.min"; plain for the mean.
std::string Name(FeatureRef ref);

}  // namespace spotter::exercise
