// SPDX-License-Identifier: Apache-2.0
#include "spotter/ingest/file_source.h"
#include "spotter/ingest/frame_source.h"
#include "spotter/ingest/live_source.h"
#include "spotter/media/probe.h"
#include "spotter/media/url.h"

namespace spotter::ingest {
namespace {

template <typename Source>
Result<std::unique_ptr<FrameSource>> OpenAs(const SourceOptions& options) {
  Result<std::unique_ptr<Source>> source = Source::Open(options);
  if (!source.ok()) return source.error();
  return std::unique_ptr<FrameSource>(std::move(source).value());
}

// Behind http(s) lies a file when it has a length, else a camera. The connection that told is closed again: many
// cameras serve only one.
Result<std::unique_ptr<FrameSource>> OpenHttp(const SourceOptions& options) {
  const Result<media::VideoStream> stream = media::Probe(
      {.url = options.url, .connect_timeout = options.connect_timeout, .analyse_timeout = options.first_frame_timeout});
  if (!stream.ok() && !options.wait_for_camera) return stream.error();
  const bool is_file = stream.ok() && stream.value().duration.has_value();
  return is_file ? OpenAs<FileSource>(options) : OpenAs<LiveSource>(options);
}

}  // namespace

Result<std::unique_ptr<FrameSource>> OpenSource(const SourceOptions& options) {
  switch (media::KindOf(options.url)) {
    case media::UrlKind::kRtsp:
    case media::UrlKind::kDevice:
      return OpenAs<LiveSource>(options);
    case media::UrlKind::kHttp:
      return OpenHttp(options);
    default:
      return OpenAs<FileSource>(options);
  }
}

}  // namespace spotter::ingest
