// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/core/clip.h"
#include "spotter/store/store.h"

namespace spotter::store {

// What the store remembers of a clip, or of what is left on the disk where there is none.
ClipFile ClipFileOf(const ClipDone& clip);

// Bytes of the files that may come after the clip was recorded: its poses, its copy for browsers.
std::int64_t BytesOfLaterFiles(const std::filesystem::path& video);

// Whether the video or anything that belongs to it is on the disk; also where that cannot be told.
bool HasClipFiles(const std::filesystem::path& video);

// Removes the clip and all that belongs to it, the metadata last: while they are there, another round finds the rest.
// Stops at the first file that cannot be removed.
std::error_code RemoveClipFiles(const std::filesystem::path& video);

// How old files of no stored event may become; 0 = they stay.
struct OrphanAges {
  std::chrono::duration<double> clip{0};      // with a video
  std::chrono::duration<double> leftover{0};  // metadata and poses without one
};

struct FolderSummary {
  std::int64_t adopted = 0;
  std::int64_t removed = 0;
};

// Clips in `folder` that no row knows, and what is left of those that failed: one that the store was not told of (a
// crash in between) is recorded with its event; one whose event the store does not have is removed once it is older
// than `ages` say. What has no metadata of a clip (docs/formats/clip.md) is left alone. Errors: of the store.
Result<FolderSummary> ReconcileFolder(const std::filesystem::path& folder, Store& store, const OrphanAges& ages);

}  // namespace spotter::store
