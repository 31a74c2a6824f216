// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/stored_clips.h"

#include <filesystem>
#include <system_error>

#include "spotter/base/log.h"

namespace spotter::app {
namespace {

double UnixSeconds(UtcTime time) { return ToSeconds(time.time_since_epoch()); }

std::int64_t SizeOf(const std::string& path) {
  std::error_code failure;
  const std::uintmax_t size = path.empty() ? 0 : std::filesystem::file_size(path, failure);
  return failure ? 0 : static_cast<std::int64_t>(size);
}

}  // namespace

void StoredClips::OnClipDone(const ClipDone& done) {
  if (!done.span) return;  // its metadata say why there is none
  const Result<void> stored =
      events_.SetMedia(done.request.event_id, {.path = done.clip_path,
                                               .start_ts_utc = UnixSeconds(done.span->start_at),
                                               .end_ts_utc = UnixSeconds(done.span->end_at),
                                               .bytes = SizeOf(done.clip_path) + SizeOf(done.thumbnail_path)});
  if (!stored.ok()) LogError("the clip {} is not known to the event store: {}", done.clip_path, stored.error().message);
}

}  // namespace spotter::app
