// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/retention.h"

#include <algorithm>
#include <map>
#include <string>
#include <system_error>
#include <vector>

#include "spotter/base/log.h"
#include "spotter/base/utc.h"
#include "spotter/store/clip_folder.h"

namespace spotter::store {
namespace {

constexpr double kLowWaterMark = 0.9;  // of the quota
constexpr int kEventsAtOnce = 1'000;   // in one transaction, so that writers do not wait long

double Age(double stored_ts_utc, UtcTime now) { return UnixSeconds(now) - stored_ts_utc; }

// Metadata without a video: what is left of a clip that failed or that somebody removed. Of a disk that is not mounted
// now neither is seen.
bool IsLeftover(const std::filesystem::path& video) {
  std::error_code failed;
  return !std::filesystem::exists(video, failed) &&
         std::filesystem::exists(std::filesystem::path(video).replace_extension(".json"), failed);
}

// The clips that rows say are in a folder.
struct FolderCensus {
  std::int64_t present = 0;
  std::vector<std::string> missing;  // their events
};

std::map<std::filesystem::path, FolderCensus> CensusOf(const std::vector<StoredClip>& clips) {
  std::map<std::filesystem::path, FolderCensus> folders;
  for (const StoredClip& clip : clips) {
    FolderCensus& census = folders[std::filesystem::path(clip.path).parent_path()];
    if (HasClipFiles(clip.path)) {
      ++census.present;
    } else {
      census.missing.push_back(clip.event_id);
    }
  }
  return folders;
}

std::int64_t BytesOf(const StoredClip& clip) { return clip.bytes + BytesOfLaterFiles(clip.path); }

}  // namespace

Result<std::int64_t> Retention::Reconcile() {
  const Result<std::vector<StoredClip>> clips = repository_.Clips();
  if (!clips.ok()) return clips.error();
  std::int64_t forgotten = 0;
  for (const auto& [folder, census] : CensusOf(*clips)) {
    if (census.present == 0) {
      LogWarning(
          "none of the {} clips that the store knows in {} is there: is its disk mounted? They are not forgotten",
          census.missing.size(), folder.string());
      continue;
    }
    for (const std::string& event_id : census.missing) {
      if (Result<void> done = repository_.ForgetClip(event_id); !done.ok()) return done.error();
      ++forgotten;
    }
  }
  return forgotten;
}

Result<RetentionSummary> Retention::Enforce(UtcTime now) {
  const Result<std::vector<StoredClip>> clips = repository_.Clips();
  if (!clips.ok()) return clips.error();
  RetentionSummary summary;
  std::int64_t surplus = Surplus(*clips);
  for (const StoredClip& clip : *clips) {
    if (clip.pinned || (!IsOld(clip, now) && surplus <= 0)) continue;
    const std::int64_t bytes = BytesOf(clip);
    if (Result<void> removed = RemoveClip(clip, summary); !removed.ok()) return removed.error();
    surplus -= bytes;
  }
  if (surplus > 0) LogWarning("clips exceed their quota by {} bytes and all that is left is pinned", surplus);
  if (Result<void> removed = RemoveEvents(now, summary); !removed.ok()) return removed.error();
  return summary;
}

// A clip has its own age; what is left of one that failed goes with its event at the latest.
bool Retention::IsOld(const StoredClip& clip, UtcTime now) const {
  const auto exceeds = [&](std::chrono::duration<double> limit) {
    return limit.count() > 0 && Age(clip.stored_ts_utc, now) > limit.count();
  };
  return exceeds(options_.clip_age) || (exceeds(options_.event_age) && IsLeftover(clip.path));
}

// Bytes that must go: down to the low-water mark once the high one is passed, or as many as the disk lacks.
std::int64_t Retention::Surplus(const std::vector<StoredClip>& clips) const {
  std::int64_t total = 0;
  for (const StoredClip& clip : clips) total += BytesOf(clip);
  std::int64_t surplus = 0;
  if (options_.clip_bytes > 0 && total > options_.clip_bytes)
    surplus = total - static_cast<std::int64_t>(kLowWaterMark * static_cast<double>(options_.clip_bytes));
  if (options_.free_bytes > 0 && !clips.empty()) {
    std::error_code failed;
    const auto space = std::filesystem::space(std::filesystem::path(clips.back().path).parent_path(), failed);
    if (!failed) surplus = std::max(surplus, options_.free_bytes - static_cast<std::int64_t>(space.available));
  }
  return surplus;
}

Result<void> Retention::RemoveClip(const StoredClip& clip, RetentionSummary& summary) {
  const std::int64_t bytes = BytesOf(clip);
  if (const std::error_code failed = RemoveClipFiles(clip.path))
    return MakeError(ErrorCode::kUnwritable, "{} cannot be removed: {}", clip.path, failed.message());
  ++summary.clips_removed;
  summary.bytes_removed += bytes;
  return repository_.ForgetClip(clip.event_id);
}

Result<void> Retention::RemoveEvents(UtcTime now, RetentionSummary& summary) {
  if (options_.event_age.count() <= 0) return {};
  const double before = UnixSeconds(now) - options_.event_age.count();
  while (true) {
    const Result<std::int64_t> removed = repository_.RemoveEventsBefore(before, kEventsAtOnce);
    if (!removed.ok()) return removed.error();
    summary.events_removed += *removed;
    if (*removed < kEventsAtOnce) return {};
  }
}

}  // namespace spotter::store
