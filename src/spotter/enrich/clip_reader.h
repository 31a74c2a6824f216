// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/event_record.h"
#include "spotter/enrich/clip_evidence.h"

namespace spotter::enrich {

struct ClipReaderOptions {
  // Folders that clips are read from, after links are resolved: an event's sender names the path.
  std::vector<std::filesystem::path> allowed_roots;
  int photos = 0;  // JPEG pictures of each clip; 0 = none
};

// Reads the clip of an event and the poses beside it (docs/formats/clip.md). Any thread.
class ClipReader {
 public:
  explicit ClipReader(ClipReaderOptions options) : options_(std::move(options)) {}

  // kNotFound = it is not there yet, ask again; kUnreadable = nothing can be seen of this event, now or later.
  Result<ClipEvidence> Read(const MediaRef& media) const;

 private:
  ClipReaderOptions options_;
};

}  // namespace spotter::enrich
