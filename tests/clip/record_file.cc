// SPDX-License-Identifier: Apache-2.0
#include "record_file.h"

#include <memory>

#include "spotter/base/check.h"
#include "spotter/clip/clip_writer.h"
#include "spotter/ingest/frame_source.h"

namespace spotter::clip::testing {

void Outcomes::OnClipDone(const ClipDone& done) {
  const std::lock_guard lock(mutex_);
  all_.push_back(done);
}

std::vector<ClipDone> Outcomes::all() const {
  const std::lock_guard lock(mutex_);
  return all_;
}

std::vector<ClipDone> RecordFile(const std::string& path,
                                 const std::string& folder,
                                 const std::vector<RecordClip>& requests) {
  Outcomes outcomes;
  media::PacketRing ring;
  Result<std::unique_ptr<ClipWriter>> writer = ClipWriter::Open({.folder = folder}, &outcomes);
  SPOTTER_CHECK(writer.ok());
  (*writer)->AddCamera(CameraId(), ring);
  ingest::SourceOptions options;
  options.url = path;
  options.ring = &ring;
  Result<std::unique_ptr<ingest::FrameSource>> source = ingest::OpenSource(options);
  SPOTTER_CHECK(source.ok());
  std::size_t next = 0;
  for (FramePtr frame = *(*source)->Next(); frame != nullptr; frame = *(*source)->Next()) {
    while (next < requests.size() && requests[next].at + std::chrono::milliseconds(400) <= frame->pts)
      (*writer)->Record(requests[next++]);
  }
  while (next < requests.size()) (*writer)->Record(requests[next++]);
  (*writer)->Finish();
  return outcomes.all();
}

}  // namespace spotter::clip::testing
