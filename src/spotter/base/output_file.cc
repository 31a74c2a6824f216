// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/output_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spotter {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kNewFile = 0666;  // less the umask
constexpr mode_t kPermissions = 07777;
constexpr int kMostLinks = 40;  // as the kernel follows

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
    case EISDIR:
      return "; name a file in it";
    case EPIPE:
      return "; whoever read it has gone";
    default:
      return "";
  }
}

// Names of open descriptors: replacing what stands behind them would miss the program that opened it.
bool IsDescriptor(std::string_view path) {
  constexpr std::array<std::string_view, 3> kPlaces = {"/dev/fd/", "/dev/std", "/proc/"};
  return std::ranges::any_of(kPlaces, [&](std::string_view place) { return path.starts_with(place); });
}

// What the last link leads to; it need not exist yet.
std::string FollowLinks(const std::string& path) {
  fs::path place = path;
  std::error_code none;
  for (int links = 0; links < kMostLinks && fs::is_symlink(place, none); ++links) {
    place = place.parent_path() / fs::read_symlink(place, none);  // an absolute target replaces the folder
  }
  return place.string();
}

bool IsAt(const std::string& path, const struct stat& file) {
  struct stat there {};
  return ::lstat(path.c_str(), &there) == 0 && there.st_dev == file.st_dev && there.st_ino == file.st_ino;
}

// Opens the part for this program alone. What a killed program left there is overwritten; what is being written now is
// not. The lock is released with the descriptor.
Result<int> OpenPart(const std::string& path, const std::string& part) {
  while (true) {
    const int descriptor = ::open(part.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, kNewFile);
    if (descriptor < 0) return WriteError(path, errno);
    const bool is_busy = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    struct stat file {};
    const bool is_mine = !is_busy && ::fstat(descriptor, &file) == 0 && IsAt(part, file);
    if (is_mine && S_ISREG(file.st_mode) && ::ftruncate(descriptor, 0) == 0) return descriptor;
    ::close(descriptor);
    if (is_busy)
      return MakeError(ErrorCode::kUnwritable, "{} is being written by another program; name another file", path);
    if (is_mine) return MakeError(ErrorCode::kUnwritable, "{} is in the way of {}; remove it", part, path);
  }
}

}  // namespace

Error WriteError(const std::string& path, int errno_value) {
  return MakeError(ErrorCode::kUnwritable, "{} cannot be written: {}{}", path, std::strerror(errno_value),
                   Advice(errno_value));
}

Result<OutputFile> OutputFile::Create(const std::string& path) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (path.empty() || path.ends_with('/') || (exists && S_ISDIR(status.st_mode)))
    return WriteError(path.empty() ? "an empty path" : path, path.empty() ? EINVAL : EISDIR);
  if (!IsDescriptor(path) && (!exists || S_ISREG(status.st_mode))) return CreatePart(path);
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) return WriteError(path, errno);
  return OutputFile(path, path, descriptor);
}

Result<OutputFile> OutputFile::CreatePart(const std::string& path) {
  const std::string target = FollowLinks(path);
  const std::string part = target + ".part";
  const Result<int> descriptor = OpenPart(path, part);
  if (!descriptor.ok()) return descriptor.error();
  OutputFile file(path, part, *descriptor);
  file.target_ = target;
  if (Result<void> taken = file.TakePermissions(); !taken.ok()) return taken.error();
  return file;
}

// An earlier file hands on its permissions, and says whether it may be replaced at all.
Result<void> OutputFile::TakePermissions() {
  struct stat status {};
  if (::stat(target_.c_str(), &status) != 0) return {};
  if (::access(target_.c_str(), W_OK) != 0) return WriteError(path_, errno);
  return ::fchmod(descriptor_, status.st_mode & kPermissions) == 0 ? Result<void>() : WriteError(path_, errno);
}

OutputFile OutputFile::Stdout() { return {"the output", "/dev/stdout", STDOUT_FILENO}; }

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      part_(std::move(other.part_)),
      target_(std::exchange(other.target_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this == &other) return *this;
  Discard();
  path_ = std::move(other.path_);
  part_ = std::move(other.part_);
  target_ = std::exchange(other.target_, {});
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

OutputFile::~OutputFile() { Discard(); }

void OutputFile::Discard() {
  if (descriptor_ < 0) return;
  if (is_regular()) ::unlink(part_.c_str());  // before the lock goes
  if (descriptor_ != STDOUT_FILENO) ::close(descriptor_);
  descriptor_ = -1;
}

Result<void> OutputFile::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {  // a pipe that somebody else made non-blocking
      pollfd pipe{.fd = descriptor_, .events = POLLOUT, .revents = 0};
      ::poll(&pipe, 1, -1);
    } else if (errno != EINTR) {
      return WriteError(path_, errno);
    }
  }
  return {};
}

Result<void> OutputFile::Commit() {
  if (!is_regular()) return {};
  if (::fsync(descriptor_) != 0) return WriteError(path_, errno);
  if (::rename(part_.c_str(), target_.c_str()) != 0) return WriteError(path_, errno);
  target_.clear();
  return {};
}

Result<void> WriteWholeFile(const std::string& path, std::string_view bytes) {
  Result<OutputFile> file = OutputFile::Create(path);
  if (!file.ok()) return file.error();
  if (Result<void> written = file->Write(bytes); !written.ok()) return written;
  return file->Commit();
}

}  // namespace spotter
