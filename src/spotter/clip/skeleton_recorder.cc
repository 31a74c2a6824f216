// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/skeleton_recorder.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace spotter::clip {
namespace {

// Complete clips that wait to be drawn; then the site waits.
constexpr std::size_t kMostComplete = 64;
constexpr std::chrono::milliseconds kLookEvery{250};

}  // namespace

struct SkeletonRecorder::Job {
  RecordClip request;
  ClipFiles files;
  std::optional<SpoolWriter> spool;
  std::string failure;  // why it cannot go on; empty = it can
  std::string end_reason;
  Pts seen_to{0};
  Clock::time_point seen_at = Clock::now();

  bool is_complete() const { return seen_to >= request.to || !failure.empty(); }
};

SkeletonRecorder::SkeletonRecorder(Options options, const PerceptionMemory& memory, ClipObserver* observer)
    : options_(std::move(options)), memory_(memory), observer_(observer), thread_([this] { Run(); }) {}

SkeletonRecorder::~SkeletonRecorder() {
  HandOverAll("Spotter was stopped");
  if (thread_.joinable()) thread_.join();
}

void SkeletonRecorder::MarkLive(const CameraId& camera_id) {
  const std::lock_guard lock(mutex_);
  live_.insert(camera_id);
}

void SkeletonRecorder::OnPerception(const Perception& perception) {
  Jobs done;
  {
    const std::lock_guard lock(mutex_);
    for (std::unique_ptr<Job>& job : open_) {
      if (job->request.camera_id != perception.camera_id) continue;
      Spool(*job, perception);
      if (job->is_complete()) done.push_back(std::move(job));
    }
    std::erase(open_, nullptr);
  }
  HandOver(std::move(done), "");
}

void SkeletonRecorder::Record(const RecordClip& request) {
  auto job = std::make_unique<Job>();
  job->request = request;
  job->files = FilesOf(options_.folder, request.event_id);
  job->seen_to = request.from;
  {
    const std::lock_guard lock(mutex_);
    const auto is_same = [&](const auto& other) { return other->request.event_id == request.event_id; };
    if (std::ranges::any_of(open_, is_same) || IsAlreadyComplete(job->files)) return;
  }
  Result<SpoolWriter> spool = SpoolWriter::Create(job->files.spool, request);
  if (spool.ok()) {
    job->spool.emplace(std::move(spool).value());
  } else {
    job->failure = spool.error().message;
  }
  for (const PerceptionPtr& perception : memory_.Since(request.camera_id, request.from)) {
    if (job->is_complete()) break;
    Spool(*job, *perception);
  }
  Jobs jobs;
  jobs.push_back(std::move(job));
  if (jobs.front()->is_complete()) return HandOver(std::move(jobs), "");
  const std::lock_guard lock(mutex_);
  std::ranges::move(jobs, std::back_inserter(open_));
}

void SkeletonRecorder::Finish() {
  HandOverAll("the stream ended");
  if (thread_.joinable()) thread_.join();
}

void SkeletonRecorder::Spool(Job& job, const Perception& perception) {
  if (!job.failure.empty()) return;
  job.seen_to = perception.pts;
  job.seen_at = Clock::now();
  if (Result<void> written = job.spool->Append(perception); !written.ok()) job.failure = written.error().message;
}

void SkeletonRecorder::HandOver(Jobs jobs, const std::string& end_reason) {
  if (jobs.empty()) return;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return complete_.size() < kMostComplete; });
  for (std::unique_ptr<Job>& job : jobs) {
    job->end_reason = end_reason;
    complete_.push_back(std::move(job));
  }
  changed_.notify_all();
}

void SkeletonRecorder::HandOverAll(const std::string& end_reason) {
  Jobs rest;
  {
    const std::lock_guard lock(mutex_);
    rest.swap(open_);
  }
  HandOver(std::move(rest), end_reason);
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

// The thread.
void SkeletonRecorder::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait_for(lock, kLookEvery, [this] { return ended_ || !complete_.empty(); });
    std::ranges::move(TakeSilent(), std::back_inserter(complete_));
    if (complete_.empty() && ended_) return;
    if (complete_.empty()) continue;
    const std::unique_ptr<Job> job = std::move(complete_.front());
    complete_.pop_front();
    changed_.notify_all();
    lock.unlock();
    job->spool.reset();  // an open file would keep its room on a full disk
    Draw(*job);
    lock.lock();
  }
}

// Those whose live camera should have shown their end by now. REQUIRES: mutex_ is held
SkeletonRecorder::Jobs SkeletonRecorder::TakeSilent() {
  Jobs silent;
  const Clock::time_point now = Clock::now();
  for (std::unique_ptr<Job>& job : open_) {
    const auto overdue = now - job->seen_at - (job->request.to - job->seen_to);
    if (!live_.contains(job->request.camera_id) || overdue <= options_.patience) continue;
    job->end_reason = "the camera sent no picture";
    silent.push_back(std::move(job));
  }
  std::erase(open_, nullptr);
  return silent;
}

void SkeletonRecorder::Draw(const Job& job) {
  Result<clip::Spool> spool = MakeError(ErrorCode::kUnwritable, "{}", job.failure);
  if (job.failure.empty()) spool = ReadSpool(job.files.spool);
  const ClipDone done = spool.ok() ? FinishClip(*spool, job.files, job.end_reason)
                                   : FailClip(job.request, job.files, spool.error().message);
  owed_.Note(done, job.files);
  if (observer_ != nullptr) observer_->OnClipDone(done);
}

}  // namespace spotter::clip
