// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/config/yaml_reader.h"
#include "spotter/exercise/exercise_definition.h"

namespace spotter::config {

// What an exercise file says about features of the body. Angles are degrees in the file and radians inside. Wrong
// values are reported to the node's document.

// The feature that the node's text names.
exercise::FeatureRef ReadFeatureName(const YamlNode& node);

// What the numbers of a gate are: values of the feature, how much one changes, or how far it moves.
enum class GateOn { kValue, kChange, kTravel };

// A mapping `feature: [low, high, soft, weight]`; none for an absent node. A range that no body reaches is wrong.
std::vector<exercise::Gate> ReadGates(const YamlNode& node, GateOn on);

// The `signals:` list of an exercise of that kind.
std::vector<exercise::Signal> ReadSignals(const YamlNode& node, exercise::Kind kind);

// Reports a signal whose way the gates of the start posture, the far end or the change between them rule out, because
// they leave it too short a way or lie the other way round: nothing could be counted by it. `node` is where it is told.
void CheckPhases(const exercise::ExerciseDefinition& exercise, const YamlNode& node);

}  // namespace spotter::config
