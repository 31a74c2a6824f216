// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
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

// The networks that `make setup` puts there.
inline constexpr std::array<const char*, 4> kNetworkFiles = {"movenet-multipose.xml", "pose_landmark_lite.tflite",
                                                             "pose_landmark_full.tflite", "pose_landmark_heavy.tflite"};

// Where compiled networks are kept between runs: "networks" in $SPOTTER_CACHE, $XDG_CACHE_HOME/spotter or
// ~/.cache/spotter. Empty without a home: a folder that others can write to is no place for what is then executed.
std::filesystem::path NetworkCacheDir();

// Refuses an output that is the input itself: writing it would destroy what is being read.
Result<void> CheckOtherFile(const std::string& source, const std::string& target);

}  // namespace spotter::app
