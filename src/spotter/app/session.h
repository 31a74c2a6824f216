// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "spotter/app/exercise_reloader.h"
#include "spotter/app/signal_guard.h"
#include "spotter/base/result.h"
#include "spotter/clip/clip_writer.h"
#include "spotter/config/spotter_config.h"
#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/floor/floor_analyzer.h"
#include "spotter/identity/person_linker.h"
#include "spotter/media/packet_ring.h"
#include "spotter/pipeline/camera_worker.h"
#include "spotter/pipeline/clip_sink.h"
#include "spotter/pipeline/pipeline.h"
#include "spotter/track/presence_filter.h"

namespace spotter::app {

// What the commands that watch something have in common; texts as the user gave them, checked by Session::Open.
struct SessionOptions {
  std::vector<std::string> sources;  // paths, addresses, /dev/video*, .jsonl recordings
  std::string config_path;
  std::string models_dir;
  std::string exercises_dir;
  std::string pinned_exercise;
  std::vector<std::string> form_models;  // files, beside those of the configuration
  bool poses_only = false;               // looks for no exercise: only who moves how
  std::string pose_model;
  int pose_size = 0;  // 0 = as configured
  std::string device;
  std::string precision = "auto";
  std::string captured_at;
  std::string camera_id;                  // of the one source on the command line; empty = "cam_01"
  bool wait_for_cameras = false;          // keep trying a camera that is away at the start
  bool real_time = false;                 // play files at their own speed, as if they were cameras
  bool clips = false;                     // record clips, if the configuration asks for them
  ClipObserver* clip_observer = nullptr;  // outlives the session; told of each clip
  bool reload_exercises = false;          // take changed exercise files while it runs
  bool recordings_only = false;           // refuse anything with pixels
  bool cameras_only = false;              // refuse anything without
};

// The configuration file with what the command line overrides. Warnings go to the log.
Result<config::SpotterConfig> LoadConfig(const SessionOptions& options);

// Adds -c, --models, --exercises, --exercise, --form-model, --pose-model, --pose-size, --device, --captured-at.
void AddSessionOptions(CLI::App& app, SessionOptions& options);
// Adds --camera-id, for commands with one source.
void AddCameraIdOption(CLI::App& app, SessionOptions& options);

// Which events have clips, by the configuration.
pipeline::ClipRule ClipRuleOf(const config::ClipsConfig& clips);

// Where this camera's picture shows nobody who is in the room.
track::PresenceOptions PresenceOf(const config::CameraConfig& camera);

// The composition root: configuration -> models, sources, stages, pipeline. The only place where they are built and
// joined.
class Session {
 public:
  static Result<std::unique_ptr<Session>> Open(const SessionOptions& options);
  // Likewise with the configuration that LoadConfig gave for these options.
  static Result<std::unique_ptr<Session>> Open(const SessionOptions& options, config::SpotterConfig config);

  // Runs everything to the end, or until SIGINT or SIGTERM. Call once. `tap` gets the pixels of each frame before its
  // perception (may be null).
  Result<void> Run(std::vector<pipeline::SiteSink*> sinks, pipeline::FrameTap* tap = nullptr);

  // All sources are live cameras.
  bool live() const;
  // Goes on with the uses of machines that an earlier run began. Call before Run, when live.
  void TakeUp(std::vector<floor::OpenUse> uses) { floor_.TakeUp(std::move(uses)); }

  // Length of the stream when there is one source that knows it.
  std::optional<std::chrono::microseconds> duration() const;
  // The exercises that are looked for.
  const exercise::ExerciseLibrary& library() const { return exercise_->library(); }
  const config::SpotterConfig& config() const { return config_; }
  // Where the configured zones lie in the cameras' pictures.
  floor::ZoneMap zone_map() const;
  SignalGuard& signals() { return signals_; }
  // What the user should know, each naming the source it is about. Valid after Run.
  std::vector<std::string> warnings() const;

 private:
  explicit Session(config::SpotterConfig config);
  Result<void> AddSources(const SessionOptions& options);
  Result<void> AddRecording(const config::CameraConfig& camera);
  Result<void> AddCamera(const config::CameraConfig& camera, const SessionOptions& options);
  // `observer` may be null.
  Result<void> OpenClips(ClipObserver* observer);
  // A new ring for the camera's packets; null when no clips of pixels are recorded.
  media::PacketRing* AddRing(const CameraId& camera_id);
  Result<void> OpenPoseEngine(const SessionOptions& options);

  SignalGuard signals_;  // first: before any thread is started
  const config::SpotterConfig config_;
  std::unique_ptr<infer::InferenceBackend> backend_;
  std::unique_ptr<perceive::PoseEngine> engine_;
  identity::PersonLinker identity_;
  std::unique_ptr<exercise::ExerciseAnalyzer> exercise_;
  std::unique_ptr<ExerciseReloader> reloader_;  // null = the exercises stay
  floor::FloorAnalyzer floor_;
  std::vector<std::unique_ptr<media::PacketRing>> rings_;  // filled by sources_, read by clip_writer_
  std::unique_ptr<clip::ClipWriter> clip_writer_;
  std::unique_ptr<pipeline::ClipSink> clip_sink_;  // null = no clips
  std::vector<std::unique_ptr<pipeline::PerceptionSource>> sources_;
  std::vector<pipeline::CameraWorker*> cameras_;  // the sources that have pixels
  std::uint64_t dropped_ = 0;                     // perceptions of live cameras in the run
};

}  // namespace spotter::app
