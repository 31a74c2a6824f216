// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/clip_folder.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "spotter/base/log.h"
#include "spotter/base/utc.h"
#include "spotter/codec/clip_json.h"

namespace spotter::store {
namespace {

namespace fs = std::filesystem;

// The files of a clip beside the video (docs/formats/clip.md), the metadata last: without them nobody finds the others.
// The later ones may come after the clip was recorded.
constexpr auto kEarlyFiles = std::to_array<const char*>({".jpg", ".json"});
constexpr auto kLaterFiles = std::to_array<const char*>({".jsonl", ".h264.mp4"});

constexpr std::uintmax_t kMaxMetadataBytes = std::uintmax_t{64} * 1024;  // ours have less than a tenth

fs::path Beside(const fs::path& video, const char* suffix) { return fs::path(video).replace_extension(suffix); }

std::int64_t SizeOf(const fs::path& path) {
  std::error_code absent;
  const std::uintmax_t size = fs::file_size(path, absent);
  return absent ? 0 : static_cast<std::int64_t>(size);
}

// The clip, finished or failed, that the metadata are of; nullopt for any other file.
std::optional<ClipDone> ReadClip(const fs::path& metadata) {
  std::error_code failed;
  if (metadata.extension() != ".json" || !fs::is_regular_file(metadata, failed)) return std::nullopt;
  if (fs::file_size(metadata, failed) > kMaxMetadataBytes) return std::nullopt;  // that of a failure is the largest
  std::ifstream file(metadata);
  std::ostringstream text;
  text << file.rdbuf();
  Result<ClipDone> clip = codec::ClipFromJson(text.str());
  if (!clip.ok()) return std::nullopt;
  clip->clip_path = Beside(metadata, ".mp4");
  if (!fs::exists(clip->clip_path, failed)) clip->span.reset();  // somebody removed it
  return std::move(clip).value();
}

bool IsOlder(const fs::path& path, std::chrono::duration<double> age) {
  std::error_code failed;
  const auto written = fs::last_write_time(path, failed);
  return !failed && age.count() > 0 && fs::file_time_type::clock::now() - written > age;
}

// Also where that cannot be told.
bool MayExist(const fs::path& path) {
  std::error_code failed;
  return fs::exists(path, failed) || failed;
}

Result<void> ReconcileClip(const ClipDone& clip,
                           EventRepository& events,
                           const OrphanAges& ages,
                           FolderSummary& summary) {
  Result<void> recorded = events.SetMedia(clip.request.event_id, ClipFileOf(clip));
  if (recorded.ok()) {
    ++summary.adopted;
    return {};
  }
  if (recorded.error().code != ErrorCode::kNotFound) return recorded;
  if (!IsOlder(Beside(clip.clip_path, ".json"), MayExist(clip.clip_path) ? ages.clip : ages.leftover)) return {};
  if (const std::error_code failed = RemoveClipFiles(clip.clip_path)) {
    LogWarning("{} belongs to no event and cannot be removed: {}", clip.clip_path, failed.message());
  } else {
    ++summary.removed;
  }
  return {};
}

}  // namespace

ClipFile ClipFileOf(const ClipDone& clip) {
  ClipFile file = {.path = clip.clip_path, .start_ts_utc = {}, .end_ts_utc = {}, .bytes = 0};
  if (clip.span) {
    file.start_ts_utc = UnixSeconds(clip.span->start_at);
    file.end_ts_utc = UnixSeconds(clip.span->end_at);
  }
  file.bytes = SizeOf(clip.clip_path);
  for (const char* suffix : kEarlyFiles) file.bytes += SizeOf(Beside(clip.clip_path, suffix));
  return file;
}

bool HasClipFiles(const fs::path& video) {
  const auto may_exist_beside = [&](const char* suffix) { return MayExist(Beside(video, suffix)); };
  return MayExist(video) || std::ranges::any_of(kEarlyFiles, may_exist_beside) ||
         std::ranges::any_of(kLaterFiles, may_exist_beside);
}

std::int64_t BytesOfLaterFiles(const fs::path& video) {
  std::int64_t bytes = 0;
  for (const char* suffix : kLaterFiles) bytes += SizeOf(Beside(video, suffix));
  return bytes;
}

std::error_code RemoveClipFiles(const fs::path& video) {
  std::error_code failed;
  fs::remove(video, failed);
  for (const auto& suffixes : {std::span(kLaterFiles), std::span(kEarlyFiles)}) {
    for (const char* suffix : suffixes) {
      if (failed) return failed;
      fs::remove(Beside(video, suffix), failed);
    }
  }
  return failed;
}

Result<FolderSummary> ReconcileFolder(const fs::path& folder, Store& store, const OrphanAges& ages) {
  const Result<std::vector<StoredClip>> known = store.retention().Clips();
  if (!known.ok()) return known.error();
  std::set<fs::path> names;
  for (const StoredClip& clip : *known) names.insert(fs::path(clip.path).stem());
  FolderSummary summary;
  std::error_code failed;
  for (fs::directory_iterator file(folder, failed), end; !failed && file != end; file.increment(failed)) {
    if (names.contains(file->path().stem())) continue;
    const std::optional<ClipDone> clip = ReadClip(file->path());
    if (!clip) continue;
    if (Result<void> done = ReconcileClip(*clip, store.events(), ages, summary); !done.ok()) return done.error();
  }
  if (failed && failed != std::errc::no_such_file_or_directory)  // nothing has been recorded yet
    LogWarning("the clips' folder {} cannot be read: {}", folder.string(), failed.message());
  return summary;
}

}  // namespace spotter::store
