// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "spotter/base/result.h"

namespace spotter::clip {

// The files of one clip, side by side in the clips' folder.
struct ClipFiles {
  std::string video;      // .mp4
  std::string thumbnail;  // .jpg
  std::string metadata;   // .json
  std::string poses;      // .jsonl: a recording of who was seen
  std::string spool;      // .spool: only while it is being recorded
  std::string proxy;      // .h264.mp4: made on demand
};

// Named by the event's id. An id that is no plain file name (other than letters, digits, '-', '_' and '.', or longer
// than 100 bytes) is replaced by a UUID made of it, so that no id leads out of the folder.
ClipFiles FilesOf(const std::filesystem::path& folder, std::string_view event_id);

// The whole file; fails when it cannot be read.
Result<std::string> ReadFile(const std::string& path);

}  // namespace spotter::clip
