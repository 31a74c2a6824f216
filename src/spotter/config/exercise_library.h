// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "spotter/base/result.h"
#include "spotter/exercise/exercise_definition.h"

namespace spotter::config {

// Reads every *.yaml of a folder (by name) as one exercise each. Errors are one line "file:line: key 'path': reason":
// unknown keys and features, impossible ranges, an id given twice, a family that no file defines, an empty folder.
// docs: configs/exercises/README.md describes the keys.
Result<exercise::ExerciseLibrary> LoadExerciseLibrary(const std::filesystem::path& folder);

// One exercise from a text; `name` stands for the file in messages.
Result<exercise::ExerciseDefinition> ParseExercise(std::string_view text, const std::string& name);

}  // namespace spotter::config
