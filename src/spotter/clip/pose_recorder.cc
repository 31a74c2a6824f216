// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/pose_recorder.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "spotter/base/log.h"
#include "spotter/clip/clip_files.h"
#include "spotter/clip/finish.h"
#include "spotter/codec/perception_json.h"

namespace spotter::clip {

void PoseRecorder::OnPerception(const Perception& perception) {
  for (Job& job : jobs_) {
    if (job.request.camera_id == perception.camera_id) Write(job, perception);
  }
  std::erase_if(jobs_, [&](Job& job) {
    if (job.request.camera_id != perception.camera_id || perception.pts < job.request.to) return false;
    Close(job);
    return true;
  });
}

void PoseRecorder::Record(const RecordClip& request) {
  const auto is_same = [&](const Job& job) { return job.request.event_id == request.event_id; };
  const ClipFiles files = FilesOf(folder_, request.event_id);
  std::error_code ignored;
  const bool is_there = std::filesystem::exists(files.poses, ignored) && IsAlreadyComplete(files);
  if (is_there || std::ranges::any_of(jobs_, is_same)) return;
  Result<OutputFile> file = OutputFile::Create(files.poses);
  if (!file.ok()) return LogError("the poses of event {} are lost: {}", request.event_id, file.error().message);
  Job job = {.request = request, .file = std::move(file).value()};
  bool complete = false;
  for (const PerceptionPtr& perception : memory_.Since(request.camera_id, request.from)) {
    if (complete) break;
    Write(job, *perception);
    complete = perception->pts >= request.to;
  }
  if (complete) return Close(job);
  jobs_.push_back(std::move(job));
}

void PoseRecorder::Finish() {
  for (Job& job : jobs_) Close(job);
  jobs_.clear();
}

void PoseRecorder::Write(Job& job, const Perception& perception) {
  if (job.failed) return;
  if (Result<void> written = job.file.Write(codec::PerceptionToJson(perception) + "\n"); !written.ok()) {
    LogError("the poses of event {} are lost: {}", job.request.event_id, written.error().message);
    job.failed = true;
  }
}

void PoseRecorder::Close(Job& job) {
  if (job.failed) return;
  if (Result<void> closed = job.file.Commit(); !closed.ok()) LogError("{}", closed.error().message);
}

void RemoveBegunPoses(const std::filesystem::path& folder) {
  std::error_code failure;
  std::vector<std::string> begun;
  for (const auto& file : std::filesystem::directory_iterator(folder, failure)) {
    if (file.path().string().ends_with(".jsonl.part")) begun.push_back(file.path());
  }
  for (std::string& path : begun) {
    path.resize(path.size() - std::string_view(".part").size());
    static_cast<void>(OutputFile::Create(path));  // takes the part over, if nobody holds it, and drops it
  }
}

}  // namespace spotter::clip
