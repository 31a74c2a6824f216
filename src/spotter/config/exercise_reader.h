// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/config/yaml_reader.h"
#include "spotter/exercise/exercise_definition.h"

namespace spotter::config {

// What an exercise file says about its place among the others, with where it says so ("file:line: key 'path'").
struct ExerciseHead {
  std::string id;
  std::string family;      // empty: that of the exercise it is a variant of
  std::string variant_of;  // empty: stands for itself
  std::string id_at;
  std::string family_at;
  std::string variant_of_at;
};
ExerciseHead ReadExerciseHead(const YamlNode& root);

// One exercise file; configs/exercises/README.md describes the keys. `parent`: the exercise that it is a variant of,
// whose definition holds wherever the file is silent; null for none. Wrong values are reported to the node's document.
exercise::ExerciseDefinition ReadExercise(const YamlNode& root, const exercise::ExerciseDefinition* parent);

}  // namespace spotter::config
