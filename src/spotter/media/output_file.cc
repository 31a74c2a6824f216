// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/output_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace spotter::media {
namespace {

const char* Advice(int errno_value) {
  switch (errno_value) {
    case ENOSPC:
    case EDQUOT:
      return "; free some space or name another place";
    case ENOENT:
    case ENOTDIR:
      return "; make its folder first";
    case EACCES:
    case EPERM:
    case EROFS:
      return "; name a place that you may write to";
    default:
      return "";
  }
}

}  // namespace

Error WriteError(const std::string& path, int errno_value) {
  return MakeError(ErrorCode::kUnwritable, "{} cannot be written: {}{}", path, std::strerror(errno_value),
                   Advice(errno_value));
}

OutputFile::~OutputFile() {
  if (!committed_) std::remove(part_path().c_str());
}

Result<void> OutputFile::Commit() {
  const int descriptor = ::open(part_path().c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return WriteError(path_, errno);
  const int synced = ::fsync(descriptor);
  const int reason = errno;
  ::close(descriptor);
  if (synced != 0) return WriteError(path_, reason);
  if (std::rename(part_path().c_str(), path_.c_str()) != 0) return WriteError(path_, errno);
  committed_ = true;
  return {};
}

}  // namespace spotter::media
