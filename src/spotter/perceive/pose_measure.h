// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/pose.h"

namespace spotter::perceive {

// Measures of poses in fractions of a frame whose width over height is `aspect`; lengths come out in frame heights or
// in torso lengths as named.

// x in frame heights, like y.
inline Point Isotropic(const Keypoint& joint, float aspect) { return {joint.x * aspect, joint.y}; }

// Distance between the middle of the shoulders and the middle of the hips, frame heights; never below 0.01, so that
// somebody seen from above does not get a torso of nothing.
float TorsoLength(const Pose& pose, float aspect);

// How far the fastest body joint (seen in both, face left out) moved, in torso lengths of `after`.
float LargestMovement(const Pose& before, const Pose& after, float aspect);

// Mean distance of the body joints (face left out), whatever their confidence, in frame heights.
float MeanBodyDistance(const Pose& a, const Pose& b, float aspect);

// The pose with left and right exchanged: what a network says that takes one for the other.
Pose Mirrored(const Pose& pose);

// Median distance of the joints that `a` is sure of to those of `b`, in torso lengths of `a`; 0 when it is sure of
// none.
float MedianDisagreement(const Pose& a, const Pose& b, float aspect);

}  // namespace spotter::perceive
