// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "spotter/config/yaml_reader.h"
#include "spotter/exercise/exercise_definition.h"

namespace spotter::config {

// The `form:` list of an exercise file of that kind; configs/exercises/README.md describes it. Wrong values are
// reported to the node's document.
std::vector<exercise::FormRule> ReadFormRules(const YamlNode& node, exercise::Kind kind);

// The list as text that ReadFormRules reads back, the key `form:` included; empty for no rules.
std::string WriteFormRules(std::span<const exercise::FormRule> rules);

}  // namespace spotter::config
