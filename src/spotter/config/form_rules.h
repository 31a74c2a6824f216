// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/config/yaml_reader.h"
#include "spotter/exercise/form_rule.h"

namespace spotter::config {

// The `form:` list of an exercise file; configs/exercises/README.md describes it. Wrong values are reported to the
// node's document.
std::vector<exercise::FormRule> ReadFormRules(const YamlNode& node);

}  // namespace spotter::config
