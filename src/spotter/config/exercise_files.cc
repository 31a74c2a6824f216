// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/exercise_files.h"

#include <system_error>

#include "spotter/config/exercise_library.h"

namespace spotter::config {

ExerciseFiles::ExerciseFiles(std::filesystem::path folder)
    : folder_(std::move(folder)), loaded_(Stamp()), seen_(loaded_) {}

ExerciseFiles::Stamps ExerciseFiles::Stamp() const {
  Stamps stamps;
  std::error_code failure;
  for (std::filesystem::directory_iterator it(folder_, failure), end; !failure && it != end; it.increment(failure)) {
    std::error_code gone;  // between the listing and the look
    if (!IsExerciseFile(it->path())) continue;
    stamps[it->path()] = {it->last_write_time(gone), it->file_size(gone)};
  }
  return stamps;
}

std::optional<Result<exercise::ExerciseLibrary>> ExerciseFiles::Look() {
  Stamps now = Stamp();
  const bool is_settled = now == seen_;
  seen_ = std::move(now);
  if (!is_settled || seen_ == loaded_) return std::nullopt;
  loaded_ = seen_;
  return LoadExerciseLibrary(folder_);
}

}  // namespace spotter::config
