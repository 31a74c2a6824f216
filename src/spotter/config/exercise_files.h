// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "spotter/base/result.h"
#include "spotter/exercise/exercise_definition.h"

namespace spotter::config {

// The exercise files of a folder while a program runs: notices that somebody has edited, added or removed one. Used by
// one thread.
class ExerciseFiles {
 public:
  // What stands in the folder now counts as known.
  explicit ExerciseFiles(std::filesystem::path folder);

  // Looks at the folder's names, sizes and modification times. Loads the exercises when they differ from those loaded
  // last and are those of the look before: an editor may be in the middle of writing, or of several files. Nothing when
  // there is no change; the error of LoadExerciseLibrary, once, when the files are wrong.
  std::optional<Result<exercise::ExerciseLibrary>> Look();

  const std::filesystem::path& folder() const { return folder_; }

 private:
  using Stamps = std::map<std::filesystem::path, std::pair<std::filesystem::file_time_type, std::uintmax_t>>;
  Stamps Stamp() const;

  std::filesystem::path folder_;
  Stamps loaded_;
  Stamps seen_;  // at the last look
};

}  // namespace spotter::config
