// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/file_lock.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace spotter {

Result<std::optional<FileLock>> FileLock::TryLock(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);  // NOLINT: POSIX
  if (descriptor < 0) {
    return MakeError(ErrorCode::kUnwritable, "{} cannot be made: {}", path.string(),
                     std::generic_category().message(errno));
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return std::optional<FileLock>(FileLock(descriptor));
  const int failed = errno;
  ::close(descriptor);
  if (failed == EWOULDBLOCK) return std::optional<FileLock>();
  return MakeError(ErrorCode::kUnwritable, "{} cannot be locked: {}", path.string(),
                   std::generic_category().message(failed));
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace spotter
