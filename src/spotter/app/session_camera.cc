// SPDX-License-Identifier: Apache-2.0
// The part of the composition root that is needed only where there are pixels: networks and camera workers.
#include <utility>

#include "spotter/app/paths.h"
#include "spotter/app/session.h"
#include "spotter/base/log.h"
#include "spotter/base/utc.h"
#include "spotter/ingest/frame_source.h"
#include "spotter/media/url.h"

namespace spotter::app {
namespace {

constexpr const char* kDetectorFile = "movenet-multipose.xml";

// A person is due for refinement this share of an interval after the last one, so that the analysed pictures, which
// come in steps, fall into even strides.
constexpr double kDueShare = 0.75;

const char* RefinerFile(config::Refinement refinement) {
  switch (refinement) {
    case config::Refinement::kOff:
      return nullptr;
    case config::Refinement::kLite:
      return "pose_landmark_lite.tflite";
    case config::Refinement::kFull:
      return "pose_landmark_full.tflite";
    case config::Refinement::kHeavy:
      return "pose_landmark_heavy.tflite";
  }
  return nullptr;
}

Result<std::unique_ptr<infer::InferenceBackend>> MakeBackend(const config::PoseConfig& pose,
                                                             const std::string& precision) {
  const Result<infer::Device> device = infer::ParseDevice(pose.device);
  if (!device.ok()) return device.error();
  const Result<infer::Precision> parsed = infer::ParsePrecision(precision);
  if (!parsed.ok()) return parsed.error();
  return infer::CreateBackend({.device = *device, .precision = *parsed, .streams = 0, .cache_dir = NetworkCacheDir()});
}

// For the log: "h264, 1280 x 720, 30.00 frames a second, 12.3 s".
std::string Describe(const ingest::SourceInfo& info) {
  if (info.width == 0) return "not there yet";
  return fmt::format("{}, {} x {}, {:.2f} frames a second, {}", info.codec, info.width, info.height, info.frame_rate,
                     info.duration ? fmt::format("{:.1f} s", ToSeconds(*info.duration)) : "live");
}

}  // namespace

Result<void> Session::OpenPoseEngine(const SessionOptions& options) {
  if (engine_ != nullptr) return {};
  const Result<std::filesystem::path> models = FindModelsDir(config_.models_dir);
  if (!models.ok()) return models.error();
  Result<std::unique_ptr<infer::InferenceBackend>> backend = MakeBackend(config_.pose, options.precision);
  if (!backend.ok()) return backend.error();
  backend_ = std::move(backend).value();
  LogDebug("networks from {} on {}", models->string(), backend_->description());
  perceive::PoseEngineOptions engine_options;
  engine_options.detector_model =
      config_.pose.model.empty() ? *models / kDetectorFile : std::filesystem::path(config_.pose.model);
  if (const char* refiner = RefinerFile(config_.pose.refine)) engine_options.refiner_model = *models / refiner;
  if (config_.pose.size > 0) engine_options.pose_size = config_.pose.size;
  Result<std::unique_ptr<perceive::PoseEngine>> engine = perceive::PoseEngine::Create(*backend_, engine_options);
  if (!engine.ok()) return engine.error();
  engine_ = std::move(engine).value();
  return {};
}

Result<void> Session::AddCamera(const config::CameraConfig& camera, const SessionOptions& options) {
  // First the source: a wrong file name should not wait for the networks.
  ingest::SourceOptions source_options;
  source_options.camera_id = camera.id;
  source_options.url = camera.url;
  source_options.fps = camera.fps.value_or(0);
  if (!options.captured_at.empty()) source_options.captured_at = ParseUtc(options.captured_at);
  source_options.real_time = options.real_time;
  source_options.ring = AddRing(camera.id);
  source_options.wait_for_camera = options.wait_for_cameras;
  Result<std::unique_ptr<ingest::FrameSource>> source = ingest::OpenSource(source_options);
  if (!source.ok()) return source.error();
  LogDebug("{}: camera {}, {}", media::RedactUrl(camera.url), camera.id.value(), Describe((*source)->info()));
  if (clip_writer_ != nullptr && (*source)->info().live) clip_writer_->MarkLive(camera.id);
  if (Result<void> opened = OpenPoseEngine(options); !opened.ok()) return opened;
  pipeline::CameraWorkerOptions worker_options;
  worker_options.camera_id = camera.id;
  worker_options.name = media::RedactUrl(camera.url);
  worker_options.rate_hz = config_.pose.rate_hz;
  worker_options.refine.budget.moving_interval = FromSeconds(kDueShare / config_.pose.refine_hz);
  worker_options.presence = PresenceOf(camera);
  auto worker =
      std::make_unique<pipeline::CameraWorker>(std::move(worker_options), std::move(source).value(), *engine_);
  cameras_.push_back(worker.get());
  sources_.push_back(std::move(worker));
  return {};
}

}  // namespace spotter::app
