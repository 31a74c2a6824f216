// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spotter/base/result.h"

namespace spotter {

// "out.mp4 cannot be written: No space left on device; free some space or name another place"
Error WriteError(const std::string& path, int errno_value);

// The one way in which results are written. A new or regular file is written as PATH.part and gets its name in Commit,
// whole and with the permissions of the file that it replaces; destroyed before, it removes the part and leaves what
// was there. Symbolic links are followed. What is no regular file (a pipe, /dev/null, /dev/fd/3) is written directly.
// Moved, not copied; used by one thread.
class OutputFile {
 public:
  // Waits for a reader where `path` is a named pipe. kUnwritable says what to do, also when another program is writing
  // the same file.
  static Result<OutputFile> Create(const std::string& path);
  // Standard output, which stays open; "the output" in messages.
  static OutputFile Stdout();
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  const std::string& path() const { return path_; }  // as it was given
  // Where the bytes go meanwhile, for a library that opens files by name.
  const std::string& part_path() const { return part_; }
  // False for a pipe or device: bytes go one after the other and are out at once.
  bool is_regular() const { return !target_.empty(); }

  // Appends all of `bytes`.
  Result<void> Write(std::string_view bytes);
  // Makes what was written durable and gives it its name. Call once, last.
  Result<void> Commit();

 private:
  OutputFile(std::string path, std::string part, int descriptor)
      : path_(std::move(path)), part_(std::move(part)), descriptor_(descriptor) {}
  static Result<OutputFile> CreatePart(const std::string& path);
  Result<void> TakePermissions();
  void Discard();

  std::string path_;
  std::string part_;
  std::string target_;  // behind the links; empty = nothing is to be renamed
  int descriptor_ = -1;
};

// Makes a file of these bytes, whole or not at all.
Result<void> WriteWholeFile(const std::string& path, std::string_view bytes);

}  // namespace spotter
