// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/finish.h"

#include <filesystem>
#include <optional>
#include <vector>

#include "spotter/base/log.h"
#include "spotter/base/output_file.h"
#include "spotter/clip/cut.h"
#include "spotter/clip/skeleton_clip.h"
#include "spotter/clip/thumbnail.h"
#include "spotter/codec/clip_json.h"
#include "spotter/media/remuxer.h"

namespace spotter::clip {
namespace {

constexpr std::size_t kMostOwed = 100;

std::optional<ClipDone> ReadMetadata(const ClipFiles& files) {
  const Result<std::string> text = ReadFile(files.metadata);
  if (!text.ok()) return std::nullopt;
  Result<ClipDone> clip = codec::ClipFromJson(*text);
  return clip.ok() ? std::optional(std::move(clip).value()) : std::nullopt;
}

bool HasClip(const ClipFiles& files) {
  std::error_code ignored;
  const std::optional<ClipDone> clip = ReadMetadata(files);
  return clip && clip->span && std::filesystem::exists(files.video, ignored);
}

void Remove(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

Result<void> WriteMetadata(const ClipDone& done, const ClipFiles& files) {
  return WriteWholeFile(files.metadata, codec::ClipToJson(done) + "\n");
}

// The metadata come before the spool goes, so that a crash loses nothing; on a full disk the spool makes room for them.
void Conclude(const ClipDone& done, const ClipFiles& files) {
  Result<void> written = WriteMetadata(done, files);
  Remove(files.spool);
  if (!written.ok()) written = WriteMetadata(done, files);
  if (!written.ok()) LogError("{}", written.error().message);
}

// A picture is a help, the clip is the evidence: it stays without one.
std::string MakeThumbnail(const ClipFiles& files, const Cut& cut, Pts at) {
  if (Result<void> written = WriteThumbnail(files.thumbnail, cut, at); !written.ok()) {
    LogWarning("{} has no thumbnail: {}", files.video, written.error().message);
    return "";
  }
  return files.thumbnail;
}

Result<ClipDone> MakeClip(const Spool& spool, const ClipFiles& files, const std::string& end_reason) {
  const std::vector<media::TimedPacket> packets = media::ResolveTimes(spool.entries);
  Result<Cut> cut = MakeCut(spool.request, packets, end_reason);
  if (!cut.ok()) return cut.error();
  const media::RemuxOptions remux = {
      .path = files.video, .presentation = {cut->span.start, cut->span.end}, .creation_time = cut->span.start_at};
  if (Result<void> written = media::Remux(remux, cut->packets); !written.ok()) return written.error();
  const media::VideoStream& stream = *cut->packets.front().stream;
  ClipDone done;
  done.request = spool.request;
  done.span = cut->span;
  done.clip_path = files.video;
  done.thumbnail_path = MakeThumbnail(files, *cut, spool.request.at);
  done.codec = stream.codec;
  done.plays_in_browsers = media::PlaysInBrowsers(stream);
  done.gaps = cut->gaps;
  return done;
}

}  // namespace

ClipDone FinishClip(const Spool& spool, const ClipFiles& files, const std::string& end_reason) {
  Result<ClipDone> done =
      spool.perceptions.empty() ? MakeClip(spool, files, end_reason) : DrawClip(spool, files, end_reason);
  if (!done.ok()) return FailClip(spool.request, files, done.error().message);
  Remove(files.proxy);  // of an earlier attempt
  Conclude(*done, files);
  return std::move(done).value();
}

ClipDone FailClip(const RecordClip& request, const ClipFiles& files, const std::string& reason) {
  LogError("event {} has no clip: {}", request.event_id, reason);
  ClipDone done;
  done.request = request;
  done.reason = reason;
  done.clip_path = files.video;
  if (HasClip(files))
    Remove(files.spool);
  else
    Conclude(done, files);
  return done;
}

void OwedMetadata::Note(const ClipDone& done, const ClipFiles& files) {
  std::erase_if(owed_, [&](const auto& owed) { return owed.second.metadata == files.metadata; });
  TryAgain();
  std::error_code ignored;
  if (std::filesystem::exists(files.metadata, ignored)) return;
  if (owed_.size() == kMostOwed) owed_.pop_front();
  owed_.emplace_back(done, files);
}

// In their order, until there is no room again.
void OwedMetadata::TryAgain() {
  while (!owed_.empty() && WriteMetadata(owed_.front().first, owed_.front().second).ok()) owed_.pop_front();
}

bool IsAlreadyComplete(const ClipFiles& files) {
  if (!HasClip(files)) return false;
  const std::optional<ClipDone> clip = ReadMetadata(files);
  return clip && clip->is_complete();
}

}  // namespace spotter::clip
