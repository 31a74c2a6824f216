// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/store_sink.h"

#include <algorithm>

#include "spotter/base/log.h"
#include "spotter/clip/clip_files.h"
#include "spotter/codec/floor_event_json.h"

namespace spotter::pipeline {
namespace {

constexpr std::chrono::seconds kRetryPause{1};

bool IsPassing(const Error& error) {
  return error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kUnwritable;
}

}  // namespace

Result<void> StoreSink::Consume(const SiteOutput& output) {
  Add(output.events);
  if (backlog_.empty() || (retry_at_ && Clock::now() < *retry_at_)) return {};
  Result<void> written = Write();
  if (written.ok()) return {};
  if (!IsPassing(written.error()) || backlog_.size() > kMaxBacklog) return written;
  if (!retry_at_) LogError("events wait in memory: {}", written.error().message);
  retry_at_ = Clock::now() + kRetryPause;
  return {};
}

Result<void> StoreSink::Finish(std::span<const Event> events) {
  Add(events);
  const Result<void> written = backlog_.empty() ? Result<void>() : Write();
  if (written.ok()) return {};
  return MakeError(written.error().code, "{} events could not be stored: {}", backlog_.size(), written.error().message);
}

void StoreSink::Add(std::span<const Event> events) {
  for (const Event& event : events) {
    EventRecord record = codec::ToRecord(event);
    if (const std::optional<RecordClip> clip = options_.clips.CommandFor(event); clip && !options_.clips_dir.empty()) {
      record.media.path = clip::FilesOf(options_.clips_dir, event.event_id).video;
      // No clip begins before its stream; the end of a use that an earlier run began may lie there.
      const Pts from = std::max(clip->from, std::min(Pts{0}, clip->at));
      record.media.start_ts_utc -= ToSeconds(clip->at - from);
      record.media.end_ts_utc += ToSeconds(clip->to - clip->at);
    }
    backlog_.push_back(std::move(record));
  }
}

Result<void> StoreSink::Write() {
  const Result<std::vector<store::AppendOutcome>> outcomes = events_.Append(backlog_);
  if (!outcomes.ok()) return outcomes.error();
  backlog_.clear();
  if (retry_at_) LogInfo("the event store works again; nothing was lost");
  retry_at_.reset();
  return {};
}

}  // namespace spotter::pipeline
