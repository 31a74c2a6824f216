// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/pose.h"

namespace spotter::perceive {

// One pose out of two networks' opinions, joint by joint: `refined` (BlazePose, confidence = visibility) unless the two
// disagree and `rough` (the detector's) is the surer one. When they take left for right, nothing is mixed: `refined`,
// which sees more of the person, wins whole. The confidences that come out mean the same as the detector's: about the
// chance that the joint is within a fifth of the torso. Fractions of a frame with this width over height. The
// thresholds come from 20,000 joints of the rendered scenes (docs/guides/accuracy.md).
Pose FusePoses(const Pose& rough, const Pose& refined, float aspect);

}  // namespace spotter::perceive
