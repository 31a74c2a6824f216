// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "spotter/base/result.h"
#include "spotter/exercise/exercise_definition.h"

namespace spotter::config {

// By its name: *.yaml or *.yml.
bool IsExerciseFile(const std::filesystem::path& path);

// Reads every exercise file of a folder (by name) as one exercise each. Errors are one line "file:line: key 'path':
// reason": unknown keys and features, impossible ranges, phases that contradict each other, an id given twice or kept
// for something else, a family or an exercise to be a variant of that no file defines, variants or families of each
// other, an empty folder.
// docs: configs/exercises/README.md describes the keys.
Result<exercise::ExerciseLibrary> LoadExerciseLibrary(const std::filesystem::path& folder);

// One exercise from a text; `name` stands for the file in messages, `known` holds what it may be a variant of.
Result<exercise::ExerciseDefinition> ParseExercise(std::string_view text,
                                                   const std::string& name,
                                                   const exercise::ExerciseLibrary& known = {});

// The text of an exercise file, which ParseExercise reads back; numbers are rounded to a degree, a hundredth of a torso
// length, a tenth of a second. `comment` stands above it, each line behind "# ".
std::string WriteExercise(const exercise::ExerciseDefinition& exercise, std::string_view comment);

}  // namespace spotter::config
