// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/open_errors.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spotter/media/av_handles.h"
#include "spotter/media/url.h"

namespace spotter::media {
namespace {

Result<void> CheckFile(const std::string& path) {
  struct stat status {};
  if (path.empty()) return MakeError(ErrorCode::kInvalidArgument, "the path of the source is empty; name a video file");
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return MakeError(ErrorCode::kNotFound, "{}: no such file; check the path", path);
    return MakeError(ErrorCode::kUnreadable, "{} cannot be read: {}", path, std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode))
    return MakeError(ErrorCode::kInvalidArgument, "{} is a directory; name a video file in it", path);
  if (S_ISREG(status.st_mode) && status.st_size == 0)
    return MakeError(ErrorCode::kUnreadable, "{} is empty (0 bytes); copy or record it again", path);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return MakeError(ErrorCode::kUnreadable, "{} cannot be opened: {}; check its permissions", path,
                     std::strerror(errno));
  ::close(descriptor);
  return {};
}

Result<void> CheckDevice(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0)
    return MakeError(ErrorCode::kUnavailable, "{}: no such camera; `ls /dev/video*` lists those that are connected",
                     path);
  if (::access(path.c_str(), R_OK | W_OK) != 0)
    return MakeError(ErrorCode::kUnavailable, "{} cannot be opened: {}; add your user to the group `video`", path,
                     std::strerror(errno));
  return {};
}

// An MP4 names itself in its first bytes; its index comes last and is what a broken recording lacks.
bool LooksLikeMp4(const std::string& path) {
  std::array<char, 8> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  return file.gcount() == 8 && std::string_view(head.data() + 4, 4) == "ftyp";
}

Error FileOpenError(const std::string& path, int code) {
  if (code == AVERROR_INVALIDDATA && LooksLikeMp4(path))
    return MakeError(
        ErrorCode::kUnreadable,
        "{} is an incomplete MP4: its index is missing, so nothing in it can be played; copy or record it again", path);
  if (code == AVERROR_EOF)
    return MakeError(ErrorCode::kUnreadable, "{} holds no picture that can be decoded; record or copy it again", path);
  if (code == AVERROR_INVALIDDATA)
    return MakeError(ErrorCode::kUnreadable,
                     "{} is no video in any format that can be read; check what it is with `file`", path);
  return MakeError(ErrorCode::kUnreadable, "{} cannot be opened: {}", path, AvErrorText(code));
}

Error NetworkOpenError(const std::string& name, int code) {
  switch (code) {
    case AVERROR_HTTP_UNAUTHORIZED:
    case AVERROR_HTTP_FORBIDDEN:
      return MakeError(ErrorCode::kUnavailable, "{} refuses the user name or password; check both in the address",
                       name);
    case AVERROR_HTTP_NOT_FOUND:
      return MakeError(ErrorCode::kUnavailable, "{}: the camera has no such stream; check the address's path", name);
    case AVERROR(ECONNREFUSED):
    case AVERROR(EHOSTUNREACH):
    case AVERROR(ENETUNREACH):
      return MakeError(ErrorCode::kUnavailable,
                       "{} cannot be reached: {}; check the address, and that the camera is on and connected", name,
                       AvErrorText(code));
    default:
      return MakeError(ErrorCode::kUnavailable, "{} cannot be opened: {}; check the address", name, AvErrorText(code));
  }
}

Error DeviceOpenError(const std::string& path, int code) {
  if (code == AVERROR(EBUSY))
    return MakeError(ErrorCode::kUnavailable, "{} is in use by another program; close that first", path);
  return MakeError(ErrorCode::kUnavailable, "{} is no camera that can be read: {}", path, AvErrorText(code));
}

}  // namespace

Result<void> CheckPlace(const std::string& url) {
  switch (KindOf(url)) {
    case UrlKind::kFile:
      return CheckFile(url);
    case UrlKind::kDevice:
      return CheckDevice(url);
    case UrlKind::kUnknown:
      return MakeError(ErrorCode::kInvalidArgument,
                       "{}: this kind of address is not supported; use rtsp://, http(s)://, /dev/video* or a file",
                       RedactUrl(url));
    case UrlKind::kRtsp:
    case UrlKind::kHttp:
      return {};
  }
  return {};
}

Error OpenError(const std::string& url, int code) {
  switch (KindOf(url)) {
    case UrlKind::kRtsp:
    case UrlKind::kHttp:
      return NetworkOpenError(RedactUrl(url), code);
    case UrlKind::kDevice:
      return DeviceOpenError(url, code);
    default:
      return FileOpenError(url, code);
  }
}

}  // namespace spotter::media
