// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "spotter/base/result.h"

namespace spotter::net {

// A regular file opened for reading. Immutable; any thread may read.
class FileView {
 public:
  // Opens `path` when the file that is really opened lies in one of `roots`, after all links are resolved; checked on
  // the open file, so that nobody can exchange a link in between. kNotFound for everything else: who asks shall not
  // learn what exists outside.
  static Result<std::shared_ptr<const FileView>> OpenWithin(const std::filesystem::path& path,
                                                            std::span<const std::filesystem::path> roots);
  ~FileView();
  FileView(const FileView&) = delete;
  FileView& operator=(const FileView&) = delete;

  std::uint64_t size() const { return size_; }               // bytes, when it was opened
  std::int64_t modified_ns() const { return modified_ns_; }  // since 1970-01-01 UTC
  std::uint64_t inode() const { return inode_; }
  // Reads up to buffer.size() bytes at `offset`. Returns how many; 0 at the end or after an error.
  std::size_t ReadAt(std::uint64_t offset, std::span<char> buffer) const;

 private:
  explicit FileView(int descriptor) : descriptor_(descriptor) {}
  bool ReadStatus();

  const int descriptor_;
  std::uint64_t size_ = 0;
  std::int64_t modified_ns_ = 0;
  std::uint64_t inode_ = 0;
};

}  // namespace spotter::net
