// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/clip_writer.h"

#include <array>
#include <utility>

#include "spotter/base/check.h"
#include "spotter/base/log.h"
#include "spotter/base/output_file.h"
#include "spotter/clip/finish.h"

namespace spotter::clip {

Result<std::unique_ptr<ClipWriter>> ClipWriter::Open(const ClipWriterOptions& options, ClipObserver* observer) {
  std::unique_ptr<ClipWriter> writer(new ClipWriter(options, observer));
  if (Result<void> checked = writer->CheckFolder(); !checked.ok()) return checked.error();
  writer->FinishEarlierClips();
  if (options.skeleton_only)
    writer->skeletons_ = std::make_unique<SkeletonRecorder>(SkeletonRecorder::Options{.folder = options.folder},
                                                            writer->memory_, observer);
  return writer;
}

Result<void> ClipWriter::CheckFolder() const {
  std::error_code failure;
  std::filesystem::create_directories(folder_, failure);
  if (failure)
    return MakeError(ErrorCode::kUnwritable, "the clips' folder {} cannot be made: {}", folder_.string(),
                     failure.message());
  const std::string probe = (folder_ / ".spotter_can_write").string();
  Result<void> written = WriteWholeFile(probe, {});
  std::filesystem::remove(probe, failure);
  return written;
}

void ClipWriter::FinishEarlierClips() {
  RemoveBegunPoses(folder_);
  std::error_code failure;
  std::vector<std::string> spools;
  for (const auto& file : std::filesystem::directory_iterator(folder_, failure)) {
    if (file.path().extension() == ".spool") spools.push_back(file.path().string());
  }
  for (const std::string& path : spools) {
    if (!IsSpoolInUse(path)) FinishEarlierClip(path);
  }
}

void ClipWriter::FinishEarlierClip(const std::string& spool_path) {
  const Result<clip::Spool> spool = ReadSpool(spool_path);
  if (!spool.ok()) {
    LogError("{}; it is removed", spool.error().message);
    std::error_code ignored;
    std::filesystem::remove(spool_path, ignored);
    return;
  }
  Report(FinishClip(*spool, FilesOf(folder_, spool->request.event_id), "Spotter ended before the rest was seen"));
}

void ClipWriter::Report(const ClipDone& done) {
  if (observer_ != nullptr) observer_->OnClipDone(done);
}

void ClipWriter::AddCamera(const CameraId& camera_id, media::PacketRing& ring) {
  SPOTTER_CHECK(skeletons_ == nullptr);
  recorders_[camera_id] = std::make_unique<ClipRecorder>(folder_, ring, observer_);
}

void ClipWriter::MarkLive(const CameraId& camera_id) {
  if (skeletons_ != nullptr) skeletons_->MarkLive(camera_id);
}

void ClipWriter::OnPerception(const Perception& perception) {
  memory_.Add(perception);
  poses_.OnPerception(perception);
  if (skeletons_ != nullptr) skeletons_->OnPerception(perception);
}

void ClipWriter::Record(const RecordClip& request) {
  poses_.Record(request);
  if (skeletons_ != nullptr) {
    skeletons_->Record(request);
    return;
  }
  const auto recorder = recorders_.find(request.camera_id);
  if (recorder != recorders_.end()) {
    recorder->second->Record(request);
    return;
  }
  Report(FailClip(request, FilesOf(folder_, request.event_id),
                  "its camera gave no video, only a recording of perceptions"));
}

void ClipWriter::Finish() {
  poses_.Finish();
  if (skeletons_ != nullptr) skeletons_->Finish();
  for (auto& [camera_id, recorder] : recorders_) recorder->Finish();
}

}  // namespace spotter::clip
