// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/working_arm.h"

namespace spotter::exercise {
namespace {

constexpr float kLiftedHand = 0.5F;  // torso lengths: less is a hand that comes along, or trembles

}  // namespace

Side WorkingArm(const FeatureHistory& history, const Rep& rep) {
  const Span whole = SpanBetween(history, rep.start, rep.end);
  const Side side = MovingSide(history, Feature::kWristHeight, whole);
  if (side == Side::kBoth) return side;
  return Travel(history, OfSide({Feature::kWristHeight}, side), whole) > kLiftedHand ? side : Side::kBoth;
}

void SayWhichArm(const FeatureHistory& history, std::vector<Attempt>& attempts) {
  for (Attempt& attempt : attempts) {
    const Side arm = WorkingArm(history, attempt.rep);
    if (arm != Side::kBoth) attempt.rep.side = arm;
  }
}

}  // namespace spotter::exercise
