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

// Of a load that the arms move: the share of its usual way with which a repetition is whole although its joints seem to
// fall short, as those do that turn towards the camera; and how long, in torso lengths, that way is at least.
inline constexpr float kWholeLoad = 0.85F;
inline constexpr float kSeenLoad = 0.2F;

// None when the joints were hidden, or hardly trusted, for most of the stretch that the measure needs.
std::optional<Reading> Read(const FeatureHistory& history, const FormMeasure& measure, const Rep& rep);

// The side from which the camera saw the person during the repetition, by how wide the shoulders look: they are about
// 0.75 torso lengths apart. None when they were not seen.
std::optional<View> EstimateView(const FeatureHistory& history, const Rep& rep);

}  // namespace spotter::exercise
