// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/skeleton_recorder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "spotter/clip/finish.h"

namespace spotter::clip {
namespace {

// Complete clips that wait to be drawn; then the site waits.
constexpr std::size_t kQueueCapacity = 64;

}  // namespace

SkeletonRecorder::SkeletonRecorder(Options options, ClipObserver* observer)
    : options_(std::move(options)),
      observer_(observer),
      complete_(kQueueCapacity, DropPolicy::kWait),
      thread_([this] { DrawClips(); }) {}

SkeletonRecorder::~SkeletonRecorder() {
  HandOverAll("Spotter was stopped");
  complete_.Close();
  if (thread_.joinable()) thread_.join();
}

void SkeletonRecorder::OnPerception(const Perception& perception) {
  std::deque<Perception>& seen = seen_[perception.camera_id];
  while (!seen.empty() && perception.pts - seen.front().pts > options_.max_age) seen.pop_front();
  seen.push_back(perception);
  for (std::unique_ptr<Job>& job : jobs_) {
    if (job->request.camera_id != perception.camera_id) continue;
    Spool(*job, perception);
    if (perception.pts >= job->request.to || !job->failure.empty()) HandOver(job, "");
  }
  std::erase(jobs_, nullptr);
}

void SkeletonRecorder::Record(const RecordClip& request) {
  auto job = std::make_unique<Job>();
  job->request = request;
  job->files = FilesOf(options_.folder, request.event_id);
  const auto is_same = [&](const auto& other) { return other->request.event_id == request.event_id; };
  if (std::ranges::any_of(jobs_, is_same) || IsAlreadyComplete(job->files)) return;
  Result<SpoolWriter> spool = SpoolWriter::Create(job->files.spool, request);
  if (spool.ok()) {
    job->spool.emplace(std::move(spool).value());
  } else {
    job->failure = spool.error().message;
  }
  const std::deque<Perception>& seen = seen_[request.camera_id];
  const auto after = std::ranges::upper_bound(seen, request.from, {}, &Perception::pts);
  const auto first = after == seen.begin() ? after : std::prev(after);
  bool complete = false;
  for (auto it = first; it != seen.end() && !complete; ++it) {
    Spool(*job, *it);
    complete = it->pts >= request.to || !job->failure.empty();
  }
  if (complete) {
    HandOver(job, "");
  } else {
    jobs_.push_back(std::move(job));
  }
}

void SkeletonRecorder::Finish() {
  HandOverAll("the stream ended");
  complete_.Close();
  if (thread_.joinable()) thread_.join();
}

void SkeletonRecorder::Spool(Job& job, const Perception& perception) {
  if (!job.failure.empty()) return;
  if (Result<void> written = job.spool->Append(perception); !written.ok()) job.failure = written.error().message;
}

void SkeletonRecorder::HandOver(std::unique_ptr<Job>& job, const std::string& end_reason) {
  job->end_reason = end_reason;
  complete_.Push(std::move(job));
}

void SkeletonRecorder::HandOverAll(const std::string& end_reason) {
  for (std::unique_ptr<Job>& job : jobs_) HandOver(job, end_reason);
  jobs_.clear();
}

// The thread.
void SkeletonRecorder::DrawClips() {
  while (std::optional<std::unique_ptr<Job>> next = complete_.Pop()) {
    const Job& job = **next;
    Result<clip::Spool> spool = MakeError(ErrorCode::kUnwritable, "{}", job.failure);
    if (job.failure.empty()) spool = ReadSpool(job.files.spool);
    const ClipDone done = spool.ok() ? FinishClip(*spool, job.files, job.end_reason)
                                     : FailClip(job.request, job.files, spool.error().message);
    if (observer_ != nullptr) observer_->OnClipDone(done);
  }
}

}  // namespace spotter::clip
