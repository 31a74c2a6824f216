// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "spotter/base/result.h"

namespace spotter::app {

// Finds what is installed beside the program. The order is always: the option, the environment, the build tree the
// program stands in, the system's place. Errors say what to do.

// Folder of the networks: --models, $SPOTTER_MODELS, <build>/deps/models, <prefix>/share/spotter/models.
Result<std::filesystem::path> FindModelsDir(const std::string& option);

// Folder of the exercise definitions: --exercises, $SPOTTER_EXERCISES, <source>/configs/exercises,
// <prefix>/share/spotter/exercises.
Result<std::filesystem::path> FindExercisesDir(const std::string& option);

// Where compiled networks are kept between runs: $SPOTTER_CACHE, $XDG_CACHE_HOME/spotter, ~/.cache/spotter, else the
// temporary folder.
std::filesystem::path CacheDir();

// Refuses an output that is the input itself: writing it would destroy what is being read.
Result<void> CheckOtherFile(const std::string& source, const std::string& target);

}  // namespace spotter::app
