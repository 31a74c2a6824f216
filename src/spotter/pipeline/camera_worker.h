// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spotter/background/object_watch.h"
#include "spotter/core/perception.h"
#include "spotter/ingest/frame_source.h"
#include "spotter/perceive/person_detector.h"
#include "spotter/perceive/pose_engine.h"
#include "spotter/perceive/pose_refiner.h"
#include "spotter/pipeline/analysis_pacer.h"
#include "spotter/pipeline/frame_tap.h"
#include "spotter/pipeline/interpolation.h"
#include "spotter/pipeline/perception_source.h"
#include "spotter/track/presence_filter.h"
#include "spotter/track/tracker.h"

namespace spotter::pipeline {

struct CameraWorkerOptions {
  CameraId camera_id;
  std::string name;     // for messages: no password
  double rate_hz = 10;  // at least how many frames a second are analysed; the others are interpolated. > 0
  perceive::RefineOptions refine;
  track::TrackerOptions track;
  track::PresenceOptions presence;
};

// One camera from photon to Perception: source -> detect -> track -> refine -> objects left -> publish. Pixels never
// leave it, except through the tap of an annotator in the same process. Who stands in a hidden area is not tracked;
// whom the tracker knows better is taken out of what is published (PresenceFilter).
//
// Decoding has a thread of its own (in the source), inference has the engine's; this worker's thread joins them. A few
// frames are in flight, so that decode, inference and tracking overlap. What comes out depends on the frames alone,
// never on the timing. Every frame of the source gives a Perception: analysed at least `rate_hz` times a
// second, interpolated between.
class CameraWorker : public PerceptionSource {
 public:
  // `engine` outlives the worker.
  CameraWorker(CameraWorkerOptions options, std::unique_ptr<ingest::FrameSource> source, perceive::PoseEngine& engine);

  // Call before Run; `tap` outlives it, null = nobody.
  void SetFrameTap(FrameTap* tap) { tap_ = tap; }
  ingest::SourceInfo info() const { return source_->info(); }

  const std::string& name() const override { return options_.name; }
  DropPolicy drop_policy() const override { return source_->info().live ? DropPolicy::kDropOldest : DropPolicy::kWait; }
  std::optional<std::chrono::microseconds> duration() const override { return source_->info().duration; }
  Result<void> Run(PerceptionSink& sink) override;
  void Stop() override { source_->Stop(); }
  std::vector<std::string> warnings() const override;

 private:
  // An analysed frame on its way through the stages, with the skipped ones before it.
  struct Job {
    FramePtr frame;
    std::vector<FrameHeader> skipped;
  };

  Result<void> Work(PerceptionSink& sink);
  Result<void> Detect(FramePtr frame);
  Result<void> Track();
  Result<void> Publish(PerceptionSink& sink);
  void Emit(Perception perception, PerceptionSink& sink);
  void GiveBackRequests();
  Result<void> Advance(std::size_t in_flight, PerceptionSink& sink);
  Result<void> Finish(PerceptionSink& sink);
  Perception MakePerception(const Frame& frame, std::vector<PerceivedPerson> people);

  const CameraWorkerOptions options_;
  const std::unique_ptr<ingest::FrameSource> source_;
  perceive::PersonDetector detector_;
  track::Tracker tracker_;
  track::PresenceFilter presence_;
  perceive::PoseRefiner refiner_;
  background::ObjectWatch left_objects_;
  AnalysisPacer pacer_;
  FrameTap* tap_ = nullptr;

  std::deque<Job> detecting_;
  std::deque<Job> refining_;
  std::vector<FrameHeader> skipped_;     // since the last analysed frame
  FramePtr last_skipped_;                // analysed after all when the stream ends on it
  std::optional<Perception> published_;  // the last analysed one
  bool listening_ = true;                // the sink still takes perceptions
};

}  // namespace spotter::pipeline
