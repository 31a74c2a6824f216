// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/camera_worker.h"

#include <utility>

#include "spotter/base/log.h"
#include "spotter/perceive/appearance_sampler.h"

namespace spotter::pipeline {
namespace {

// Frames in each inference stage while a file is read. Live cameras wait for each result instead: two frames of a slow
// camera are a long time.
constexpr std::size_t kFileInFlight = 2;
constexpr std::size_t kLiveInFlight = 0;

}  // namespace

CameraWorker::CameraWorker(CameraWorkerOptions options,
                           std::unique_ptr<ingest::FrameSource> source,
                           perceive::PoseEngine& engine)
    : options_(std::move(options)),
      source_(std::move(source)),
      detector_(engine),
      tracker_(options_.track),
      presence_(options_.presence),
      refiner_(engine, options_.refine),
      pacer_(options_.rate_hz) {
  detector_.CallBeforeWaiting([this] { GiveBackRequests(); });
  refiner_.CallBeforeWaiting([this] { GiveBackRequests(); });
}

Result<void> CameraWorker::Run(PerceptionSink& sink) {
  Result<void> done = Work(sink);
  if (done.ok()) return done;
  return MakeError(done.error().code, "{}: {}", options_.name, done.error().message);
}

Result<void> CameraWorker::Work(PerceptionSink& sink) {
  const std::size_t in_flight = source_->info().live ? kLiveInFlight : kFileInFlight;
  while (listening_) {
    Result<FramePtr> frame = source_->Next();
    if (!frame.ok()) return frame.error();
    if (*frame == nullptr) break;
    if (tap_ != nullptr) tap_->OnFrame(*frame);
    if (!pacer_.IsDue((*frame)->pts)) {
      skipped_.push_back(HeaderOf(**frame));
      last_skipped_ = *frame;
      continue;
    }
    if (Result<void> done = Detect(std::move(*frame)); !done.ok()) return done;
    if (Result<void> done = Advance(in_flight, sink); !done.ok()) return done;
  }
  return Finish(sink);
}

// Starts the search for people in a frame.
Result<void> CameraWorker::Detect(FramePtr frame) {
  if (Result<void> started = detector_.Submit(*frame); !started.ok()) return started;
  last_skipped_ = nullptr;
  detecting_.push_back({.frame = std::move(frame), .skipped = std::exchange(skipped_, {})});
  return {};
}

// Gives the people of the oldest frame their track ids, and starts the refinement of their poses.
Result<void> CameraWorker::Track() {
  Result<std::vector<Detection>> people = detector_.Collect();
  if (!people.ok()) return people.error();
  Job job = std::move(detecting_.front());
  detecting_.pop_front();
  presence_.HideDetections(job.frame->pts, *people);
  for (Detection& person : *people) person.appearance = perceive::SampleAppearance(*job.frame, person.pose);
  const float aspect = static_cast<float>(job.frame->width) / static_cast<float>(job.frame->height);
  refiner_.Submit(*job.frame, tracker_.Update(job.frame->pts, aspect, *people));
  refining_.push_back(std::move(job));
  return {};
}

// Publishes the oldest refined frame, after the interpolated ones before it.
Result<void> CameraWorker::Publish(PerceptionSink& sink) {
  Result<std::vector<PerceivedPerson>> people = refiner_.Collect();
  if (!people.ok()) return people.error();
  const Job job = std::move(refining_.front());
  refining_.pop_front();
  const Perception now = MakePerception(*job.frame, std::move(people).value());
  for (const FrameHeader& skipped : job.skipped) Emit(Interpolate(*published_, now, skipped), sink);
  Emit(now, sink);
  published_ = now;
  return {};
}

std::vector<std::string> CameraWorker::warnings() const {
  std::vector<std::string> warnings = source_->warnings();
  if (const auto warning = presence_.Warning()) warnings.push_back(fmt::format("{}: {}", options_.name, *warning));
  return warnings;
}

// While this worker waits for the site, others need the networks' requests: the site may wait for exactly their
// perceptions.
void CameraWorker::Emit(Perception perception, PerceptionSink& sink) {
  if (!listening_) return;
  const bool began_to_warn = presence_.Apply(perception);
  if (began_to_warn && source_->info().live) LogWarning("{}: {}", options_.name, *presence_.Warning());
  if (sink.IsFull()) GiveBackRequests();
  listening_ = sink.Publish(std::move(perception));
}

void CameraWorker::GiveBackRequests() {
  detector_.FinishAll();
  refiner_.FinishAll();
}

// Moves frames on until no stage holds more than `in_flight`.
Result<void> CameraWorker::Advance(std::size_t in_flight, PerceptionSink& sink) {
  while (detecting_.size() > in_flight) {
    if (Result<void> done = Track(); !done.ok()) return done;
    while (refining_.size() > in_flight) {
      if (Result<void> published = Publish(sink); !published.ok()) return published;
    }
  }
  return {};
}

Result<void> CameraWorker::Finish(PerceptionSink& sink) {
  if (last_skipped_ != nullptr) {
    skipped_.pop_back();
    if (Result<void> done = Detect(std::move(last_skipped_)); !done.ok()) return done;
  }
  if (Result<void> done = Advance(0, sink); !done.ok()) return done;
  while (!refining_.empty()) {
    if (Result<void> done = Publish(sink); !done.ok()) return done;
  }
  return {};
}

Perception CameraWorker::MakePerception(const Frame& frame, std::vector<PerceivedPerson> people) {
  std::vector<LeftObject> objects = left_objects_.Update(frame, people);
  Perception perception{.camera_id = options_.camera_id,
                        .pts = frame.pts,
                        .captured_at = frame.captured_at,
                        .width = frame.width,
                        .height = frame.height,
                        .people = std::move(people),
                        .reflections = {},
                        .objects = std::move(objects)};
  RoundToWire(perception);
  return perception;
}

}  // namespace spotter::pipeline
