// SPDX-License-Identifier: Apache-2.0
#include "spotter/identity/body_measure.h"

#include <algorithm>
#include <array>

namespace spotter::identity {
namespace {

using enum KeypointId;

constexpr float kSeen = 0.3F;  // keypoint confidence
constexpr int kFewestTrunkJoints = 2;
constexpr double kSmallest = 1e-6;

struct Limb {
  KeypointId from;
  KeypointId to;
  double share;  // of the stature
};

// Arms are left out: the wrist is the joint that is found least well.
constexpr std::array<Limb, 6> kLimbs = {{{kLeftHip, kLeftKnee, 0.245},
                                         {kRightHip, kRightKnee, 0.245},
                                         {kLeftKnee, kLeftAnkle, 0.246},
                                         {kRightKnee, kRightAnkle, 0.246},
                                         {kLeftShoulder, kLeftHip, 0.288},
                                         {kRightShoulder, kRightHip, 0.288}}};

}  // namespace

BodyMeasure MeasureBody(const PerceivedPerson& person, float frame_aspect) {
  const Pose& pose = person.pose;
  const auto at = [&](KeypointId id) { return Point{pose[id].x * frame_aspect, pose[id].y}; };
  BodyMeasure body;
  body.box = {person.box.x0 * frame_aspect, person.box.y0, person.box.x1 * frame_aspect, person.box.y1};
  for (const Limb& limb : kLimbs) {
    if (pose[limb.from].confidence < kSeen || pose[limb.to].confidence < kSeen) continue;
    body.stature = std::max(body.stature, Distance(at(limb.from), at(limb.to)) / limb.share);
  }
  if (body.stature < kSmallest) body.stature = std::max<double>({body.box.width(), body.box.height(), kSmallest});
  Point sum;
  int seen = 0;
  for (const KeypointId id : {kLeftShoulder, kRightShoulder, kLeftHip, kRightHip}) {
    if (pose[id].confidence < kSeen) continue;
    sum = sum + at(id);
    ++seen;
  }
  body.anchor = seen >= kFewestTrunkJoints ? (1.0F / static_cast<float>(seen)) * sum : body.box.center();
  return body;
}

}  // namespace spotter::identity
