// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/feature.h"

#include <algorithm>
#include <utility>

namespace spotter::exercise {
namespace {

constexpr std::array<std::string_view, kFeatureCount> kNames = {
    "knee",         "hip",          "elbow",        "shoulder",       "wrist_height", "elbow_height", "knee_height",
    "wrist_floor",  "arm_reach",    "wrist_out",    "forearm",        "upper_arm",    "thigh",        "shank",
    "wrist_trunk",  "torso_lean",   "torso_tilt",   "torso_length",   "body_lean",    "hip_height",   "shoulder_height",
    "head_height",  "hips_y",       "shoulders_y",  "wrists_y",       "ankles_y",     "hips_x",       "ankles_x",
    "wrist_spread", "elbow_spread", "ankle_spread", "shoulder_width", "size",         "confidence",   "knee_cave",
    "hip_line",     "ear_height",   "neck",         "sway",           "thigh_length", "foot_raise",   "stagger",
    "wrist_hip",    "balance",      "stride",       "foot_lead",      "knee_lead"};

constexpr std::array<std::pair<std::string_view, SideUse>, 7> kSides = {{{"mean", SideUse::kMean},
                                                                         {"left", SideUse::kLeft},
                                                                         {"right", SideUse::kRight},
                                                                         {"min", SideUse::kMin},
                                                                         {"max", SideUse::kMax},
                                                                         {"diff", SideUse::kDiff},
                                                                         {"lead", SideUse::kLead}}};

}  // namespace

bool IsPaired(Feature feature) { return static_cast<std::size_t>(feature) < kPairedCount; }

bool IsOfArms(Feature feature) {
  switch (feature) {
    case Feature::kElbow:
    case Feature::kShoulder:
    case Feature::kWristHeight:
    case Feature::kElbowHeight:
    case Feature::kWristFloor:
    case Feature::kArmReach:
    case Feature::kWristOut:
    case Feature::kForearm:
    case Feature::kUpperArm:
    case Feature::kWristTrunk:
    case Feature::kWristsY:
    case Feature::kWristSpread:
    case Feature::kElbowSpread:
    case Feature::kWristHip:
      return true;
    default:
      return false;
  }
}

bool IsAngle(Feature feature) {
  switch (feature) {
    case Feature::kKnee:
    case Feature::kHip:
    case Feature::kElbow:
    case Feature::kShoulder:
    case Feature::kForearm:
    case Feature::kUpperArm:
    case Feature::kThigh:
    case Feature::kShank:
    case Feature::kTorsoLean:
    case Feature::kTorsoTilt:
    case Feature::kBodyLean:
    case Feature::kNeck:
    case Feature::kSway:
      return true;
    default:
      return false;
  }
}

float FeatureFrame::Get(FeatureRef ref) const {
  const auto index = static_cast<std::size_t>(ref.feature);
  if (!IsPaired(ref.feature) || ref.side == SideUse::kMean) return mean[index];
  const float l = left[index];
  const float r = right[index];
  switch (ref.side) {
    case SideUse::kLeft:
      return l;
    case SideUse::kRight:
      return r;
    case SideUse::kDiff:
      return std::abs(l - r);
    case SideUse::kLead:
      return l - r;
    case SideUse::kMin:
      return std::isnan(l) ? r : std::isnan(r) ? l : std::min(l, r);
    default:
      return std::isnan(l) ? r : std::isnan(r) ? l : std::max(l, r);
  }
}

std::string_view Name(Feature feature) { return kNames[static_cast<std::size_t>(feature)]; }

std::string Name(FeatureRef ref) {
  const auto side = std::ranges::find(kSides, ref.side, &std::pair<std::string_view, SideUse>::second);
  std::string name(Name(ref.feature));
  if (ref.side != SideUse::kMean) name.append(".").append(side->first);
  return name;
}

std::optional<FeatureRef> ParseFeature(std::string_view text) {
  const std::size_t dot = text.find('.');
  const auto name = std::find(kNames.begin(), kNames.end(), text.substr(0, dot));
  if (name == kNames.end()) return std::nullopt;
  FeatureRef ref{static_cast<Feature>(name - kNames.begin()), SideUse::kMean};
  if (dot == std::string_view::npos) return ref;
  if (!IsPaired(ref.feature)) return std::nullopt;
  const std::string_view side = text.substr(dot + 1);
  const auto use = std::find_if(kSides.begin(), kSides.end(), [&](const auto& s) { return s.first == side; });
  if (use == kSides.end()) return std::nullopt;
  ref.side = use->second;
  return ref;
}

}  // namespace spotter::exercise
