// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/clip_recorder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "spotter/base/log.h"

namespace spotter::clip {
namespace {

using Clock = std::chrono::steady_clock;

// How often the ring is read while a clip is being recorded: seldom enough to write many packets at once.
constexpr std::chrono::milliseconds kReadEvery{100};
// A live camera may be this much late; then the clip ends without the rest.
constexpr std::chrono::microseconds kPatience{1'500'000};

}  // namespace

struct ClipRecorder::Job {
  RecordClip request;
  ClipFiles files;
  std::optional<SpoolWriter> spool;
  std::unique_ptr<media::PacketRing::Reader> reader;
  std::string failure;  // why it cannot go on; empty = it can
  Pts seen_to{0};       // the newest picture
  Clock::time_point seen_at = Clock::now();
  bool has_all = false;  // a picture at or after the end was seen
  bool at_end = false;   // of the stream
};

ClipRecorder::ClipRecorder(std::filesystem::path folder, media::PacketRing& ring, ClipObserver* observer)
    : folder_(std::move(folder)), ring_(ring), observer_(observer), thread_([this] { Run(); }) {}

ClipRecorder::~ClipRecorder() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void ClipRecorder::Record(const RecordClip& request) {
  auto job = std::make_unique<Job>();
  job->request = request;
  job->files = FilesOf(folder_, request.event_id);
  job->seen_to = request.from;
  {
    const std::lock_guard lock(mutex_);
    if (std::ranges::find(open_, request.event_id) != open_.end() || IsAlreadyComplete(job->files)) return;
    open_.push_back(request.event_id);
  }
  Result<SpoolWriter> spool = SpoolWriter::Create(job->files.spool, request);
  if (spool.ok()) {
    job->spool.emplace(std::move(spool).value());
    job->reader = ring_.OpenReader(request.from);
  } else {
    job->failure = spool.error().message;
  }
  const std::lock_guard lock(mutex_);
  jobs_.push_back(std::move(job));
  changed_.notify_all();
}

void ClipRecorder::Finish() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return open_.empty(); });
}

void ClipRecorder::Run() {
  std::vector<std::unique_ptr<Job>> jobs;
  std::unique_lock lock(mutex_);
  while (true) {
    if (jobs.empty()) {
      changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    } else {
      changed_.wait_for(lock, kReadEvery, [this] { return stopping_ || !jobs_.empty(); });
    }
    std::ranges::move(jobs_, std::back_inserter(jobs));
    jobs_.clear();
    const bool stopping = stopping_;
    if (stopping && jobs.empty()) return;
    lock.unlock();
    Work(jobs, stopping);
    lock.lock();
  }
}

// Brings every clip as far as it can be brought now.
void ClipRecorder::Work(std::vector<std::unique_ptr<Job>>& jobs, bool stopping) {
  for (std::unique_ptr<Job>& job : jobs) {
    if (job->failure.empty()) Spool(*job);
    if (const char* why = WhyDone(*job, stopping)) {
      job->reader.reset();
      job->spool.reset();  // an open file would keep its room on a full disk
      Complete(*job, why);
      job.reset();
    }
  }
  std::erase(jobs, nullptr);
}

void ClipRecorder::Spool(Job& job) const {
  job.at_end = ring_.has_ended();  // before the last look, so that nothing is missed
  std::vector<media::StreamEntry> entries = job.reader->Take();
  for (std::size_t i = 0; i < entries.size() && !job.has_all; ++i) {
    const auto* picture = std::get_if<media::PictureTime>(&entries[i]);
    if (picture == nullptr) continue;
    job.seen_at = Clock::now();
    job.seen_to = picture->pts;
    job.has_all = picture->pts >= job.request.to;
    if (job.has_all) entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(i) + 1, entries.end());
  }
  if (Result<void> written = job.spool->Append(entries); !written.ok()) job.failure = written.error().message;
}

// Why the clip can be made now; nullptr while more is to come. Also the reason of a gap at its end.
const char* ClipRecorder::WhyDone(const Job& job, bool stopping) const {
  if (!job.failure.empty() || job.has_all) return "";
  if (job.at_end) return "the stream ended";
  const auto overdue = Clock::now() - job.seen_at - (job.request.to - job.seen_to);
  if (stopping) return "Spotter was stopped";
  if (ring_.is_live() && overdue > kPatience) return "the camera sent no picture";
  return nullptr;
}

void ClipRecorder::Complete(const Job& job, const std::string& end_reason) {
  ClipDone done;
  if (!job.failure.empty()) {
    done = FailClip(job.request, job.files, job.failure);
  } else {
    const Result<clip::Spool> spool = ReadSpool(job.files.spool);
    done = spool.ok() ? FinishClip(*spool, job.files, end_reason)
                      : FailClip(job.request, job.files, spool.error().message);
  }
  owed_.Note(done, job.files);
  if (observer_ != nullptr) observer_->OnClipDone(done);
  const std::lock_guard lock(mutex_);
  std::erase(open_, job.request.event_id);
  changed_.notify_all();
}

}  // namespace spotter::clip
