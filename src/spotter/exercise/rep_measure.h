// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/core/rep.h"
#include "spotter/exercise/form_rule.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// A value read off one repetition, and when it was reached.
struct Reading {
  float value = 0;
  Pts at{0};
};

// None when the joints were hidden, or hardly trusted, for most of the stretch that the measure needs.
std::optional<Reading> Read(const FeatureHistory& history, const FormMeasure& measure, const Rep& rep);

// The side from which the camera saw the person during the repetition, by how wide the shoulders look: they are about
// 0.75 torso lengths apart. None when they were not seen.
std::optional<View> EstimateView(const FeatureHistory& history, const Rep& rep);

}  // namespace spotter::exercise
