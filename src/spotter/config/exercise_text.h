// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spotter/exercise/feature.h"

namespace spotter::config {

// A value of the feature in the file's units (degrees, torso lengths), as short as its precision allows; an infinite
// one as the number that means "no limit".
std::string FeatureValue(float value, exercise::FeatureRef ref);

// A text between double quotes, as YAML reads it back.
std::string Quoted(std::string_view text);

}  // namespace spotter::config
