// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/ground_point.h"

#include <algorithm>

namespace spotter::floor {
namespace {

using enum KeypointId;

constexpr float kMinConfidence = 0.2F;
constexpr float kTrunkLength = 0.50F;  // metres, shoulders to hips
constexpr float kLegLength = 0.84F;    // hips to ankles
constexpr float kStature = 1.72F;
constexpr float kAnkleHeight = 0.11F;  // above the floor
constexpr float kSeatHeight = 0.50F;   // of the hips of who sits on a bench or machine
constexpr float kLyingHeight = 0.15F;  // of the hips of who lies
constexpr float kLowHips = 0.5F;       // metres above the ankles; lower: sitting, lying or squatting deeply
constexpr float kSureFoot = 0.6F;      // confidence of a foot beside which
constexpr float kGuessedFoot = 0.3F;   // one that the network only guesses says nothing: it may be metres off
constexpr float kWalkingHips = 0.9F;   // metres above the floor, of a camera that looks down a little
constexpr float kFrameEdge = 0.99F;    // share of the frame; a box that reaches it is cut off

// Middle of a joint of both sides, or the one that was seen.
std::optional<Point> MiddleOf(const PerceivedPerson& person, KeypointId left, KeypointId right, float aspect) {
  const std::optional<Point> l = SeenJoint(person, left, aspect);
  const std::optional<Point> r = SeenJoint(person, right, aspect);
  if (l && r) return Midpoint(*l, *r);
  return l ? l : r;
}

// As above; a foot that is only guessed, behind a machine, tells nothing beside one that is seen.
std::optional<Point> MiddleOfFeet(const PerceivedPerson& person, float aspect) {
  const float left = person.pose[kLeftAnkle].confidence;
  const float right = person.pose[kRightAnkle].confidence;
  if (left >= kSureFoot && right < kGuessedFoot) return SeenJoint(person, kLeftAnkle, aspect);
  if (right >= kSureFoot && left < kGuessedFoot) return SeenJoint(person, kRightAnkle, aspect);
  return MiddleOf(person, kLeftAnkle, kRightAnkle, aspect);
}

// The one that is lower in the picture.
std::optional<Point> LowerHand(const PerceivedPerson& person, float aspect) {
  const std::optional<Point> l = SeenJoint(person, kLeftWrist, aspect);
  const std::optional<Point> r = SeenJoint(person, kRightWrist, aspect);
  if (l && r) return l->y > r->y ? l : r;
  return l ? l : r;
}

struct Body {
  std::optional<Point> shoulders;
  std::optional<Point> hips;
  std::optional<Point> ankles;
  std::optional<Point> hand;
  Box box;  // isotropic
};

Body MeasureBody(const PerceivedPerson& person, float aspect) {
  const Box& box = person.box;
  return {MiddleOf(person, kLeftShoulder, kRightShoulder, aspect),
          MiddleOf(person, kLeftHip, kRightHip, aspect),
          MiddleOfFeet(person, aspect),
          LowerHand(person, aspect),
          {box.x0 * aspect, box.y0, box.x1 * aspect, box.y1}};
}

// A bone never looks longer than it is, so the largest of the estimates is nearest to the truth.
float MetreAt(const Body& body) {
  float metre = 0;
  if (body.shoulders && body.hips) metre = std::max(metre, Distance(*body.shoulders, *body.hips) / kTrunkLength);
  if (body.hips && body.ankles) metre = std::max(metre, Distance(*body.hips, *body.ankles) / kLegLength);
  if (metre <= 0) metre = std::max(body.box.height(), body.box.width()) / kStature;
  return metre;
}

bool IsLyingFlat(const Body& body, Activity activity) {
  if (activity == Activity::kLying) return true;
  if (!body.shoulders || !body.hips) return false;
  const Point trunk = *body.shoulders - *body.hips;
  return std::abs(trunk.x) > 2 * std::abs(trunk.y);
}

bool HasLowHips(const Body& body, Activity activity, float metre) {
  if (activity == Activity::kSitting || activity == Activity::kLying) return true;
  return body.ankles->y - body.hips->y < kLowHips * metre;
}

// Who is upright, perhaps behind a machine: neither foot is seen for sure.
bool MayHideLegs(const ScenePerson& person, const Body& body) {
  const bool is_upright = person.activity == Activity::kWalking || person.activity == Activity::kWiping;
  if (!is_upright || !body.hips) return false;
  const Pose& pose = person.perceived.pose;
  return !body.ankles || std::max(pose[kLeftAnkle].confidence, pose[kRightAnkle].confidence) < kSureFoot;
}

// Plank, push-up: the hips above hands and feet, and a hand as low as the feet. With the head towards the camera the
// bones look so short that no height above the floor can be told from them; hands and feet are on it.
bool RestsOnHandsAndFeet(const Body& body) {
  if (!body.hips || !body.ankles || !body.hand) return false;
  return body.hips->y < body.ankles->y && body.ankles->y <= body.hand->y;
}

GroundPoint Below(Point at, float height_m, float metre) {
  return {.on_floor = {at.x, at.y + height_m * metre}, .body = at, .metre = metre};
}

// As far from the feet to the hands as the hips are, along the body.
GroundPoint BetweenHandsAndFeet(const Body& body, float metre) {
  constexpr float kHips = kLegLength / (kLegLength + kTrunkLength);
  const Point feet = *body.ankles + Point{0, kAnkleHeight * metre};
  return {.on_floor = feet + kHips * (*body.hand - feet), .body = *body.hips, .metre = metre};
}

// Below the hips, or below the feet where those are lower in the picture: feet that are guessed behind something lie
// too near the hips.
GroundPoint BelowUpright(const Body& body, float metre, float longest_metre) {
  GroundPoint below_hips = Below(*body.hips, kWalkingHips, std::max(metre, longest_metre));
  below_hips.metre = metre;
  if (!body.ankles) return below_hips;
  const GroundPoint below_feet = Below(*body.ankles, kAnkleHeight, metre);
  return below_feet.on_floor.y > below_hips.on_floor.y ? below_feet : below_hips;
}

}  // namespace

std::optional<Point> SeenJoint(const PerceivedPerson& person, KeypointId id, float aspect) {
  const Keypoint& joint = person.pose[id];
  if (joint.confidence < kMinConfidence) return std::nullopt;
  return Point{joint.x * aspect, joint.y};
}

std::optional<GroundPoint> FindGroundPoint(const ScenePerson& person, float aspect, float longest_metre) {
  const Body body = MeasureBody(person.perceived, aspect);
  const float metre = MetreAt(body);
  if (!(metre > 0)) return std::nullopt;
  if (MayHideLegs(person, body)) return BelowUpright(body, metre, longest_metre);
  const bool by_hips = body.hips && (!body.ankles || HasLowHips(body, person.activity, metre));
  if (by_hips && RestsOnHandsAndFeet(body)) return BetweenHandsAndFeet(body, metre);
  if (by_hips) {
    const bool flat = IsLyingFlat(body, person.activity);
    // Below a squatting person's hips are the feet; below a sitting one's the seat.
    return Below(*body.hips, flat ? kLyingHeight : kSeatHeight, metre);
  }
  if (body.ankles) return Below(*body.ankles, kAnkleHeight, metre);
  if (person.perceived.box.y1 >= kFrameEdge) return std::nullopt;
  return Below({body.box.center().x, body.box.y1}, 0, metre);
}

}  // namespace spotter::floor
