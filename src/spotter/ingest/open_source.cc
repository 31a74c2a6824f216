// SPDX-License-Identifier: Apache-2.0
#include "spotter/ingest/file_source.h"
#include "spotter/ingest/frame_source.h"
#include "spotter/ingest/live_source.h"
#include "spotter/media/url.h"

namespace spotter::ingest {
namespace {

template <typename Source>
Result<std::unique_ptr<FrameSource>> OpenAs(const SourceOptions& options) {
  Result<std::unique_ptr<Source>> source = Source::Open(options);
  if (!source.ok()) return source.error();
  return std::unique_ptr<FrameSource>(std::move(source).value());
}

// Behind http(s) lies a file when it has a length, else a camera.
Result<std::unique_ptr<FrameSource>> OpenHttp(const SourceOptions& options) {
  Result<std::unique_ptr<FrameSource>> file = OpenAs<FileSource>(options);
  if (file.ok() && (*file)->info().duration) return file;
  if (!file.ok() && !options.wait_for_camera) return file;
  return OpenAs<LiveSource>(options);
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
