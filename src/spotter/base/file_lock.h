// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "spotter/base/result.h"

namespace spotter {

// The only one of its file on this machine (flock(2)): the system lets go of it when the program ends, however it does.
// The empty file stays. Move-only.
class FileLock {
 public:
  // nullopt = somebody else has it. kUnwritable when the file cannot be made.
  static Result<std::optional<FileLock>> TryLock(const std::filesystem::path& path);

  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace spotter
