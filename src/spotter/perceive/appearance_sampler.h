// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/appearance.h"
#include "spotter/core/frame.h"
#include "spotter/core/pose.h"

namespace spotter::perceive {

// The colours between the shoulders and the hips and along the thighs, from some 120 samples; a part whose joints are
// not clearly seen, or outside of the frame, has none. The joints are fractions of the frame. Colour histograms by
// body part: Perez et al.: "Color-Based Probabilistic Tracking", ECCV 2002; each sample is shared between the two
// nearest hues and greys, so that a small change of the light moves it little.
Appearance SampleAppearance(const Frame& frame, const Pose& pose);

}  // namespace spotter::perceive
