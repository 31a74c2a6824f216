// SPDX-License-Identifier: Apache-2.0
// A file that gets its name only when it is whole. Private to media/.
#pragma once

#include <string>

#include "spotter/base/result.h"

namespace spotter::media {

// "out.mp4 cannot be written: No space left on device; free some space or name another place"
Error WriteError(const std::string& path, int errno_value);

// Names PATH.part while it is written. Destroyed before Commit, it removes the part.
class OutputFile {
 public:
  explicit OutputFile(std::string path) : path_(std::move(path)) {}
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  const std::string& path() const { return path_; }
  std::string part_path() const { return path_ + ".part"; }
  // Makes the closed part durable and gives it its name.
  Result<void> Commit();

 private:
  const std::string path_;
  bool committed_ = false;
};

}  // namespace spotter::media
