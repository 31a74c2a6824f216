// SPDX-License-Identifier: Apache-2.0
#include "spotter/net/file_view.h"

#include <algorithm>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spotter::net {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

// Both are absolute and without links or dots.
bool LiesWithin(const std::filesystem::path& path, const std::filesystem::path& root) {
  const auto [root_end, path_end] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return root_end == root.end() && path_end != path.end();
}

bool LiesWithinAny(const std::filesystem::path& path, std::span<const std::filesystem::path> roots) {
  return std::ranges::any_of(roots, [&](const std::filesystem::path& root) {
    std::error_code failed;
    const std::filesystem::path real = std::filesystem::canonical(root, failed);
    return !failed && LiesWithin(path, real);
  });
}

}  // namespace

Result<std::shared_ptr<const FileView>> FileView::OpenWithin(const std::filesystem::path& path,
                                                             std::span<const std::filesystem::path> roots) {
  const Error absent = MakeError(ErrorCode::kNotFound, "no such file");
  std::error_code failed;
  // Looked at before it is opened too, because opening a device can do something.
  const std::filesystem::path real = std::filesystem::canonical(path, failed);
  if (failed || !LiesWithinAny(real, roots) || !std::filesystem::is_regular_file(real, failed)) return absent;
  const int descriptor = open(real.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (descriptor < 0) return absent;
  const std::shared_ptr<FileView> file(new FileView(descriptor));
  const std::filesystem::path opened =
      std::filesystem::read_symlink(fmt::format("/proc/self/fd/{}", descriptor), failed);
  if (failed || !LiesWithinAny(opened, roots) || !file->ReadStatus()) return absent;
  return std::shared_ptr<const FileView>(file);
}

FileView::~FileView() { close(descriptor_); }

bool FileView::ReadStatus() {
  struct stat status {};
  if (fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  size_ = static_cast<std::uint64_t>(status.st_size);
  modified_ns_ = status.st_mtim.tv_sec * kNanosecondsPerSecond + status.st_mtim.tv_nsec;
  inode_ = status.st_ino;
  return true;
}

std::size_t FileView::ReadAt(std::uint64_t offset, std::span<char> buffer) const {
  const ssize_t read = pread(descriptor_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
  return read < 0 ? 0 : static_cast<std::size_t>(read);
}

}  // namespace spotter::net
