// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "spotter/background/scene_change.h"
#include "spotter/core/perception.h"
#include "spotter/enrich/clip_evidence.h"
#include "spotter/enrich/hand_work.h"

namespace spotter::enrich {

// Whether the pixels at a wiping hand move: of the times of `work`'s stretches the share, [0, 1]. Joints that jitter on
// a still picture give 0. nullopt = no pictures of that time.
std::optional<double> MotionAtHands(const ClipEvidence& clip, const Subject& subject, const HandWork& work);

// Compares how the scene looks in the first and in the last third of the clip, people left out (median of the pictures,
// changes of light taken off); the largest patch that changed counts when it has about the size of a bag or a towel.
background::ObjectChange FindObjectChange(const ClipEvidence& clip);

}  // namespace spotter::enrich
