// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/clip_files.h"

#include <algorithm>
#include <cctype>
#include <fstream>

#include "spotter/base/uuid.h"

namespace spotter::clip {
namespace {

constexpr std::size_t kLongestName = 100;  // bytes

bool IsPlainName(std::string_view id) {
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; };
  return !id.empty() && id.size() <= kLongestName && id.front() != '.' && std::ranges::all_of(id, is_plain);
}

}  // namespace

ClipFiles FilesOf(const std::filesystem::path& folder, std::string_view event_id) {
  const std::string stem = (folder / (IsPlainName(event_id) ? std::string(event_id) : UuidV5(event_id))).string();
  return {.video = stem + ".mp4",
          .thumbnail = stem + ".jpg",
          .metadata = stem + ".json",
          .poses = stem + ".jsonl",
          .spool = stem + ".spool",
          .proxy = stem + ".h264.mp4"};
}

Result<std::string> ReadFile(const std::string& path) {
  std::error_code failure;
  const std::uintmax_t size = std::filesystem::file_size(path, failure);
  std::string bytes;
  std::ifstream file(path, std::ios::binary);
  if (!failure && file) {
    bytes.resize(size);
    file.read(bytes.data(), static_cast<std::streamsize>(size));
  }
  if (failure || !file) return MakeError(ErrorCode::kUnreadable, "{} cannot be read", path);
  return bytes;
}

}  // namespace spotter::clip
