// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/kinematics.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

using enum KeypointId;

constexpr double kWeightMemoryS = 0.7;
constexpr std::chrono::microseconds kLengthInterval{90'000};
constexpr std::chrono::microseconds kLengthMemory{6'000'000};

constexpr std::size_t kFirstBodyJoint = 5;  // before it: nose, eyes, ears

struct Bone {
  KeypointId a;
  KeypointId b;
  float torso_share;  // true length in torso lengths, mean of adults (Drillis & Contini 1966; keypoint shoulders and
                      // hips)
};
constexpr std::array<Bone, 8> kBones = {{{kLeftShoulder, kLeftHip, 1.0F},
                                         {kRightShoulder, kRightHip, 1.0F},
                                         {kLeftHip, kLeftKnee, 0.85F},
                                         {kRightHip, kRightKnee, 0.85F},
                                         {kLeftKnee, kLeftAnkle, 0.85F},
                                         {kRightKnee, kRightAnkle, 0.85F},
                                         {kLeftShoulder, kLeftElbow, 0.62F},
                                         {kRightShoulder, kRightElbow, 0.62F}}};

bool Seen(const Joints& joints, std::initializer_list<KeypointId> ids) {
  return std::all_of(ids.begin(), ids.end(), [&](KeypointId id) { return joints[id].weight > 0; });
}

float Angle(const Joints& joints, KeypointId a, KeypointId vertex, KeypointId b) {
  return Seen(joints, {a, vertex, b}) ? AngleAt(joints[vertex].at, joints[a].at, joints[b].at) : kMissing;
}

float FromUp(const Joints& joints, KeypointId from, KeypointId to) {
  return Seen(joints, {from, to}) ? AngleFromVertical(joints[from].at, joints[to].at) : kMissing;
}

float FromDown(const Joints& joints, KeypointId from, KeypointId to) {
  return std::numbers::pi_v<float> - FromUp(joints, from, to);
}

float Above(const Joints& joints, KeypointId upper, KeypointId lower, float scale) {
  return Seen(joints, {upper, lower}) ? (joints[lower].at.y - joints[upper].at.y) / scale : kMissing;
}

// Middle points that several features share.
struct Trunk {
  std::optional<Point> shoulders, hips, ankles;
  float floor_y = kMissing;  // y of the lower ankle
};

Trunk MakeTrunk(const Joints& joints) {
  Trunk trunk{MiddleOf(joints, kLeftShoulder, kRightShoulder), MiddleOf(joints, kLeftHip, kRightHip),
              MiddleOf(joints, kLeftAnkle, kRightAnkle)};
  for (const KeypointId id : {kLeftAnkle, kRightAnkle}) {
    if (joints[id].weight > 0 && !(trunk.floor_y >= joints[id].at.y)) trunk.floor_y = joints[id].at.y;
  }
  return trunk;
}

float Outward(const Joints& joints, const SideJoints& side, float scale) {
  const KeypointId other = Mirrored(side.shoulder);
  if (!Seen(joints, {side.wrist, side.shoulder, other})) return kMissing;
  const float outside = joints[side.shoulder].at.x >= joints[other].at.x ? 1.0F : -1.0F;
  return outside * (joints[side.wrist].at.x - joints[side.shoulder].at.x) / scale;
}

float AlongTrunk(const Joints& joints, const SideJoints& side, const Trunk& trunk, float scale) {
  if (!trunk.shoulders || !trunk.hips || !Seen(joints, {side.wrist, side.shoulder})) return kMissing;
  const Point up = *trunk.shoulders - *trunk.hips;
  const Point arm = joints[side.wrist].at - joints[side.shoulder].at;
  return (arm.x * up.x + arm.y * up.y) / (std::max(Norm(up), 0.2F * scale) * scale);
}

std::array<float, kPairedCount> OneSide(const Joints& joints, const SideJoints& side, const Trunk& trunk, float scale) {
  std::array<float, kPairedCount> f{};
  const auto set = [&](Feature feature, float value) { f[static_cast<std::size_t>(feature)] = value; };
  set(Feature::kKnee, Angle(joints, side.hip, side.knee, side.ankle));
  set(Feature::kHip, Angle(joints, side.shoulder, side.hip, side.knee));
  set(Feature::kElbow, Angle(joints, side.shoulder, side.elbow, side.wrist));
  set(Feature::kShoulder, Angle(joints, side.hip, side.shoulder, side.elbow));
  set(Feature::kWristHeight, Above(joints, side.wrist, side.shoulder, scale));
  set(Feature::kElbowHeight, Above(joints, side.elbow, side.shoulder, scale));
  set(Feature::kKneeHeight, Above(joints, side.knee, side.hip, scale));
  set(Feature::kWristFloor,
      joints[side.wrist].weight > 0 ? (trunk.floor_y - joints[side.wrist].at.y) / scale : kMissing);
  set(Feature::kArmReach, Seen(joints, {side.wrist, side.shoulder})
                              ? Distance(joints[side.wrist].at, joints[side.shoulder].at) / scale
                              : kMissing);
  set(Feature::kWristOut, Outward(joints, side, scale));
  set(Feature::kForearm, FromUp(joints, side.elbow, side.wrist));
  set(Feature::kUpperArm, FromDown(joints, side.shoulder, side.elbow));
  set(Feature::kThigh, FromDown(joints, side.hip, side.knee));
  set(Feature::kShank, FromDown(joints, side.knee, side.ankle));
  set(Feature::kWristTrunk, AlongTrunk(joints, side, trunk, scale));
  return f;
}

float Spread(const Joints& joints, KeypointId a, KeypointId b, float scale) {
  return Seen(joints, {a, b}) ? Distance(joints[a].at, joints[b].at) / scale : kMissing;
}

void WholeBody(const Joints& joints, const Trunk& trunk, float scale, FeatureFrame& frame) {
  const auto set = [&](Feature feature, float value) { frame.mean[static_cast<std::size_t>(feature)] = value; };
  const bool has_trunk = trunk.shoulders && trunk.hips;
  set(Feature::kTorsoLean, has_trunk ? AngleFromVertical(*trunk.hips, *trunk.shoulders) : kMissing);
  const float rise = has_trunk ? (trunk.hips->y - trunk.shoulders->y) / scale : kMissing;
  set(Feature::kTorsoTilt, has_trunk ? std::acos(std::clamp(rise, -1.0F, 1.0F)) : kMissing);
  set(Feature::kTorsoLength, has_trunk ? Distance(*trunk.hips, *trunk.shoulders) / scale : kMissing);
  const bool has_body = trunk.shoulders && trunk.ankles;
  set(Feature::kBodyLean, has_body ? AngleFromVertical(*trunk.ankles, *trunk.shoulders) : kMissing);
  const auto height = [&](const std::optional<Point>& at) { return at ? (trunk.floor_y - at->y) / scale : kMissing; };
  set(Feature::kHipHeight, height(trunk.hips));
  set(Feature::kShoulderHeight, height(trunk.shoulders));
  const bool has_head = joints[kNose].weight > 0 && trunk.shoulders;
  set(Feature::kHeadHeight, has_head ? (trunk.shoulders->y - joints[kNose].at.y) / scale : kMissing);
  set(Feature::kWristSpread, Spread(joints, kLeftWrist, kRightWrist, scale));
  set(Feature::kElbowSpread, Spread(joints, kLeftElbow, kRightElbow, scale));
  set(Feature::kAnkleSpread, Spread(joints, kLeftAnkle, kRightAnkle, scale));
  set(Feature::kShoulderWidth, Spread(joints, kLeftShoulder, kRightShoulder, scale));
  set(Feature::kSize, scale);
  float weight = 0;
  for (std::size_t j = kFirstBodyJoint; j < kKeypointCount; ++j) weight += joints.joints[j].weight;
  set(Feature::kConfidence, weight / static_cast<float>(kKeypointCount - kFirstBodyJoint));
}

// How far the hips lie over the straight line from shoulders to ankles, which a body of these proportions meets them at
// kTorsoShare of the way.
float HipLine(const Trunk& trunk, float scale) {
  constexpr float kTorsoShare = 0.37F;
  if (!trunk.shoulders || !trunk.hips || !trunk.ankles) return kMissing;
  const float line_y = trunk.shoulders->y + kTorsoShare * (trunk.ankles->y - trunk.shoulders->y);
  return (line_y - trunk.hips->y) / scale;
}

// By the side that the thighs point to, which is the front. Where they do not clearly, it says that somebody stands.
float Balance(const Joints& joints, const Trunk& trunk, float scale) {
  constexpr float kThighAcross = 0.4F;  // torso lengths
  const std::optional<Point> knees = MiddleOf(joints, kLeftKnee, kRightKnee);
  if (!trunk.shoulders || !trunk.hips || !trunk.ankles || !knees) return kMissing;
  const float across = (knees->x - trunk.hips->x) / scale;
  if (std::abs(across) < kThighAcross) return 0;
  const float beyond = (Midpoint(*trunk.shoulders, *trunk.hips).x - trunk.ankles->x) / scale;
  return across > 0 ? beyond : -beyond;
}

float Sway(const Trunk& trunk) {
  if (!trunk.shoulders || !trunk.hips) return kMissing;
  const Point up = *trunk.shoulders - *trunk.hips;
  return std::atan2(up.x, -up.y);
}

void ForForm(const Joints& joints, const Trunk& trunk, float scale, FeatureFrame& frame) {
  const auto set = [&](Feature feature, float value) { frame.mean[static_cast<std::size_t>(feature)] = value; };
  const auto across = [&](KeypointId a, KeypointId b) { return std::abs(joints[a].at.x - joints[b].at.x) / scale; };
  const bool has_legs = Seen(joints, {kLeftKnee, kRightKnee, kLeftAnkle, kRightAnkle});
  set(Feature::kKneeCave, has_legs ? across(kLeftAnkle, kRightAnkle) - across(kLeftKnee, kRightKnee) : kMissing);
  set(Feature::kHipLine, HipLine(trunk, scale));
  const std::optional<Point> ears = MiddleOf(joints, kLeftEar, kRightEar);
  const bool has_neck = ears && trunk.shoulders;
  set(Feature::kEarHeight, has_neck ? (trunk.shoulders->y - ears->y) / scale : kMissing);
  set(Feature::kNeck, has_neck && trunk.hips ? AngleAt(*trunk.shoulders, *trunk.hips, *ears) : kMissing);
  set(Feature::kSway, Sway(trunk));
  set(Feature::kBalance, Balance(joints, trunk, scale));
  set(Feature::kThighLength,
      std::fmax(Spread(joints, kLeftHip, kLeftKnee, scale), Spread(joints, kRightHip, kRightKnee, scale)));
  const float foot_lead = Above(joints, kLeftAnkle, kRightAnkle, scale);
  set(Feature::kFootRaise, std::abs(foot_lead));
  set(Feature::kFootLead, foot_lead);
  const float knee_lead = Above(joints, kLeftKnee, kRightKnee, scale);
  set(Feature::kKneeLead, knee_lead);
  set(Feature::kStagger, std::fmax(std::abs(foot_lead), std::abs(knee_lead)));
  const bool has_feet = Seen(joints, {kLeftAnkle, kRightAnkle});
  set(Feature::kStride, has_feet ? (joints[kLeftAnkle].at.x - joints[kRightAnkle].at.x) / scale : kMissing);
}

// The joint that a paired feature of one side depends on most: its weight is the side's weight.
KeypointId Decisive(Feature feature) {
  switch (feature) {
    case Feature::kKnee:
    case Feature::kShank:
      return kLeftAnkle;
    case Feature::kHip:
    case Feature::kKneeHeight:
    case Feature::kThigh:
      return kLeftKnee;
    case Feature::kShoulder:
    case Feature::kElbowHeight:
    case Feature::kUpperArm:
      return kLeftElbow;
    default:
      return kLeftWrist;
  }
}

}  // namespace

void Kinematics::UpdateWeights(const Joints& joints, double dt_s) {
  const auto alpha = static_cast<float>(dt_s < 0 ? 1.0 : 1 - std::exp(-dt_s / kWeightMemoryS));
  for (std::size_t j = 0; j < kKeypointCount; ++j) weights_[j] += alpha * (joints.joints[j].weight - weights_[j]);
}

float Kinematics::OfBothSides(KeypointId left_joint, float left, float right) const {
  const float wl = std::isnan(left) ? 0 : weights_[static_cast<std::size_t>(left_joint)];
  const float wr = std::isnan(right) ? 0 : weights_[static_cast<std::size_t>(Mirrored(left_joint))];
  if (!(wl + wr > 0)) return kMissing;
  return ((wl > 0 ? wl * left : 0) + (wr > 0 ? wr * right : 0)) / (wl + wr);
}

float Kinematics::LegsSeen() const {
  constexpr std::array kLegs = {kLeftKnee, kRightKnee, kLeftAnkle, kRightAnkle};
  float sum = 0;
  for (const KeypointId id : kLegs) sum += weights_[static_cast<std::size_t>(id)];
  return sum / static_cast<float>(kLegs.size());
}

void Kinematics::UpdateScale(const Joints& joints) {
  // The second longest bone: one wrong joint does not blow the person up.
  float longest = 0;
  float second = 0;
  for (const Bone& bone : kBones) {
    if (!Seen(joints, {bone.a, bone.b})) continue;
    const float length = Distance(joints[bone.a].at, joints[bone.b].at) / bone.torso_share;
    second = std::max(second, std::min(longest, length));
    longest = std::max(longest, length);
  }
  const float seen = second > 0 ? second : longest;
  if (seen <= 0 || (!lengths_.empty() && joints.pts - lengths_.back().pts < kLengthInterval)) return;
  lengths_.push_back({joints.pts, seen});
  while (joints.pts - lengths_.front().pts > kLengthMemory) lengths_.pop_front();
  std::vector<float> values;
  values.reserve(lengths_.size());
  for (const Length& length : lengths_) values.push_back(length.value);
  const std::size_t rank = values.size() * 4 / 5;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::min(rank, values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  scale_ = *at;
}

float Kinematics::Moved(Feature feature, float raw) {
  Place& place = places_[static_cast<std::size_t>(feature)];
  if (std::isnan(raw)) return kMissing;
  if (!std::isnan(place.raw)) place.value += (raw - place.raw) / scale_;
  place.raw = raw;
  return place.value;
}

void Kinematics::AddPlaces(const Joints& joints, FeatureFrame& frame) {
  const std::optional<Point> hips = MiddleOf(joints, kLeftHip, kRightHip);
  const std::optional<Point> ankles = MiddleOf(joints, kLeftAnkle, kRightAnkle);
  const auto set = [&](Feature feature, float raw) {
    frame.mean[static_cast<std::size_t>(feature)] = Moved(feature, raw);
  };
  const auto height = [](const std::optional<Point>& at) { return at ? -at->y : kMissing; };
  set(Feature::kHipsY, height(hips));
  set(Feature::kShouldersY, height(MiddleOf(joints, kLeftShoulder, kRightShoulder)));
  set(Feature::kWristsY, height(MiddleOf(joints, kLeftWrist, kRightWrist)));
  set(Feature::kAnklesY, height(ankles));
  set(Feature::kHipsX, hips ? hips->x : kMissing);
  set(Feature::kAnklesX, ankles ? ankles->x : kMissing);
}

FeatureFrame Kinematics::Update(const Joints& joints) {
  const double dt_s = last_pts_ < Pts{0} ? -1 : ToSeconds(joints.pts - last_pts_);
  last_pts_ = joints.pts;
  UpdateWeights(joints, dt_s);
  UpdateScale(joints);
  FeatureFrame frame{.pts = joints.pts};
  frame.legs_seen = LegsSeen();
  if (scale_ <= 0) {
    frame.mean.fill(kMissing);
    frame.left.fill(kMissing);
    frame.right.fill(kMissing);
    return frame;
  }
  const Trunk trunk = MakeTrunk(joints);
  frame.left = OneSide(joints, kLeftJoints, trunk, scale_);
  frame.right = OneSide(joints, kRightJoints, trunk, scale_);
  for (std::size_t i = 0; i < kPairedCount; ++i) {
    frame.mean[i] = OfBothSides(Decisive(static_cast<Feature>(i)), frame.left[i], frame.right[i]);
  }
  WholeBody(joints, trunk, scale_, frame);
  ForForm(joints, trunk, scale_, frame);
  frame.mean[static_cast<std::size_t>(Feature::kWristHip)] = OfBothSides(
      kLeftWrist, Spread(joints, kLeftWrist, kLeftHip, scale_), Spread(joints, kRightWrist, kRightHip, scale_));
  AddPlaces(joints, frame);
  return frame;
}

}  // namespace spotter::exercise
