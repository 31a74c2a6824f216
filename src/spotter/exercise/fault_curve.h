// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/core/event.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// The curve that shows a fault: what was measured, over the span, at most 24 points in degrees or torso lengths.
std::vector<CurvePoint> CurveOf(const FeatureHistory& history, FeatureRef feature, Span span);

}  // namespace spotter::exercise
