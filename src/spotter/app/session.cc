// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/session.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "spotter/app/paths.h"
#include "spotter/base/log.h"
#include "spotter/base/utc.h"
#include "spotter/config/exercise_library.h"
#include "spotter/config/form_model_file.h"
#include "spotter/media/url.h"
#include "spotter/pipeline/recording_source.h"
#include "spotter/pipeline/zone_check.h"

namespace spotter::app {
namespace {

bool IsRecording(const std::string& url) {
  return media::KindOf(url) == media::UrlKind::kFile && std::filesystem::path(url).extension() == ".jsonl";
}

// Which configured camera source number `index` (from 0) of the command line is: the one that --camera-id names, else
// the one with this address, else the only one when there is one source, else the one with the source's own id.
const config::CameraConfig* ConfiguredCamera(const std::string& url,
                                             std::size_t index,
                                             const SessionOptions& options,
                                             const std::vector<config::CameraConfig>& known) {
  const auto find = [&](const auto& value, auto member) -> const config::CameraConfig* {
    const auto it = std::ranges::find(known, value, member);
    return it != known.end() ? &*it : nullptr;
  };
  if (!options.camera_id.empty()) return find(CameraId(options.camera_id), &config::CameraConfig::id);
  if (const auto* same_url = find(url, &config::CameraConfig::url)) return same_url;
  if (options.sources.size() == 1 && known.size() == 1) return &known.front();
  return find(config::DefaultCameraId(index), &config::CameraConfig::id);
}

// A source of the command line with what is configured about it. A file or address that stands for a configured camera
// is taken with all of its pictures.
config::CameraConfig CameraOf(const std::string& url,
                              std::size_t index,
                              const SessionOptions& options,
                              const config::SpotterConfig& config) {
  config::CameraConfig camera;
  camera.id = options.camera_id.empty() ? config::DefaultCameraId(index) : CameraId(options.camera_id);
  if (const config::CameraConfig* known = ConfiguredCamera(url, index, options, config.cameras)) camera = *known;
  if (camera.url != url) camera.fps.reset();
  camera.url = url;
  return camera;
}

// What is wrong with an option's text; empty = nothing.
std::string ComplainAboutUtc(const std::string& text) {
  return ParseUtc(text) ? "" : fmt::format("'{}' is no UTC time such as 2026-03-01T10:00:00Z", text);
}
std::string ComplainAboutId(const std::string& text) {
  return config::IsValidId(text) ? "" : fmt::format("'{}' must be {}", text, config::kIdRule);
}

std::string KnownExercises(const exercise::ExerciseLibrary& library) {
  std::string names;
  for (const auto& definition : library.exercises()) names += (names.empty() ? "" : ", ") + definition.id;
  return names;
}

}  // namespace

Result<config::SpotterConfig> LoadConfig(const SessionOptions& options) {
  config::SpotterConfig config;
  if (!options.config_path.empty()) {
    Result<config::SpotterConfig> loaded = config::LoadSpotterConfig(options.config_path);
    if (!loaded.ok()) return loaded.error();
    config = std::move(loaded).value();
    LogDebug("configuration {}: {} cameras", options.config_path, config.cameras.size());
    for (const std::string& warning : config.warnings) LogWarning("{}", warning);
  }
  // The command line wins over the file.
  const auto overrides = std::to_array<std::pair<const std::string&, std::string&>>(
      {{options.models_dir, config.models_dir},
       {options.exercises_dir, config.exercise.definitions_dir},
       {options.pinned_exercise, config.exercise.pinned},
       {options.pose_model, config.pose.model},
       {options.device, config.pose.device}});
  for (const auto& [option, setting] : overrides) {
    if (!option.empty()) setting = option;
  }
  if (options.pose_size > 0) config.pose.size = options.pose_size;
  std::ranges::copy(options.form_models, std::back_inserter(config.exercise.form_models));
  return config;
}

namespace {

// Each model with an exercise of its own that the library knows.
Result<exercise::ExerciseLibrary> WithForms(const exercise::ExerciseLibrary& library,
                                            const std::vector<std::string>& files) {
  std::vector<exercise::FormModel> forms;
  for (const std::string& file : files) {
    Result<exercise::FormModel> form = config::LoadFormModel(file);
    if (!form.ok()) return form.error();
    if (library.Find(form->exercise) == nullptr)
      return MakeError(ErrorCode::kInvalidArgument, "{} is about '{}', which is no known exercise; known are: {}", file,
                       form->exercise, KnownExercises(library));
    if (std::ranges::find(forms, form->exercise, &exercise::FormModel::exercise) != forms.end())
      return MakeError(ErrorCode::kInvalidArgument, "{} is a second form model of '{}'; name one", file,
                       form->exercise);
    forms.push_back(std::move(form).value());
  }
  return exercise::ExerciseLibrary(library.exercises(), std::move(forms));
}

// One that looks for nothing: no exercise is known, and an unknown one is not looked for where one is pinned.
std::unique_ptr<exercise::ExerciseAnalyzer> MakeIdleAnalyzer(const config::SpotterConfig& config) {
  return std::make_unique<exercise::ExerciseAnalyzer>(
      exercise::ExerciseAnalyzerOptions{.gym_id = config.gym.id, .pinned_exercise = "none"});
}

Result<std::unique_ptr<exercise::ExerciseAnalyzer>> MakeExerciseAnalyzer(const config::SpotterConfig& config) {
  const Result<std::filesystem::path> folder = FindExercisesDir(config.exercise.definitions_dir);
  if (!folder.ok()) return folder.error();
  Result<exercise::ExerciseLibrary> library = config::LoadExerciseLibrary(*folder);
  if (!library.ok()) return library.error();
  const std::string& pinned = config.exercise.pinned;
  if (!pinned.empty() && library->Find(pinned) == nullptr) {
    return MakeError(ErrorCode::kInvalidArgument, "'{}' is no known exercise; known are: {}", pinned,
                     KnownExercises(*library));
  }
  Result<exercise::ExerciseLibrary> with_forms = WithForms(*library, config.exercise.form_models);
  if (!with_forms.ok()) return with_forms.error();
  LogDebug("{} exercises from {}", library->exercises().size(), folder->string());
  exercise::ExerciseAnalyzerOptions options{.library = std::move(with_forms).value(),
                                            .gym_id = config.gym.id,
                                            .pinned_exercise = pinned,
                                            .form = {.strictness = config.exercise.strictness}};
  return std::make_unique<exercise::ExerciseAnalyzer>(std::move(options));
}

floor::FloorAnalyzerOptions FloorOptions(const config::SpotterConfig& config) {
  floor::FloorAnalyzerOptions options{.gym_id = config.gym.id, .zones = config.zones, .floor_from_image = {}};
  for (const config::CameraConfig& camera : config.cameras) {
    if (camera.floor_from_image) options.floor_from_image.emplace(camera.id, Homography(*camera.floor_from_image));
  }
  return options;
}

}  // namespace

floor::ZoneMap Session::zone_map() const {
  floor::FloorAnalyzerOptions options = FloorOptions(config_);
  return {std::move(options.zones), std::move(options.floor_from_image)};
}

Session::Session(config::SpotterConfig config) : config_(std::move(config)), floor_(FloorOptions(config_)) {}

track::PresenceOptions PresenceOf(const config::CameraConfig& camera) {
  return {.mirrors = track::HiddenAreas(camera.mirror_areas), .ignored = track::HiddenAreas(camera.ignore_areas)};
}

void AddSessionOptions(CLI::App& app, SessionOptions& options) {
  app.add_option("-c,--config", options.config_path, "Configuration file (configs/spotter.yaml shows every key)");
  app.add_option("--exercise", options.pinned_exercise, "Count this exercise for everybody instead of finding it out");
  app.add_option("--exercises", options.exercises_dir, "Folder of exercise definitions");
  app.add_option(
      "--form-model", options.form_models,
      "Judge the repetitions of its exercise by what `spotter teach --right --wrong` has learned (.form.yaml)");
  app.add_option("--models", options.models_dir, "Folder of the networks");
  app.add_option("--pose-model", options.pose_model,
                 "A YOLO-pose or RTMO network (.onnx) in place of the built-in one");
  app.add_option(
         "--pose-size", options.pose_size,
         "What the pose network sees, as rows of a 16:9 picture: 256, 288, 384 ...; more sees people farther away")
      ->check(CLI::Range(64, 2160));
  app.add_option("--device", options.device, "auto, cpu, gpu or npu (default auto)")
      ->check(CLI::IsMember({"auto", "cpu", "gpu", "npu"}));
  app.add_option("--precision", options.precision, "auto (bf16 where the processor has it) or f32")
      ->check(CLI::IsMember({"auto", "f32"}));
  app.add_option("--captured-at", options.captured_at, "When a file's first frame was taken, e.g. 2026-03-01T10:00:00Z")
      ->check(CLI::Validator(&ComplainAboutUtc, "UTC"));
}

void AddCameraIdOption(CLI::App& app, SessionOptions& options) {
  app.add_option("--camera-id", options.camera_id, "Id of the camera in recordings and events (default cam_01)")
      ->check(CLI::Validator(&ComplainAboutId, "ID"));
}

Result<std::unique_ptr<Session>> Session::Open(const SessionOptions& options) {
  Result<config::SpotterConfig> config = LoadConfig(options);
  if (!config.ok()) return config.error();
  return Open(options, std::move(config).value());
}

Result<std::unique_ptr<Session>> Session::Open(const SessionOptions& options, config::SpotterConfig config) {
  std::unique_ptr<Session> session(new Session(std::move(config)));
  Result<std::unique_ptr<exercise::ExerciseAnalyzer>> analyzer =
      options.poses_only ? MakeIdleAnalyzer(session->config_) : MakeExerciseAnalyzer(session->config_);
  if (!analyzer.ok()) return analyzer.error();
  session->exercise_ = std::move(analyzer).value();
  if (options.reload_exercises) {
    const config::SpotterConfig& used = session->config_;
    Result<std::filesystem::path> folder = FindExercisesDir(used.exercise.definitions_dir);
    if (!folder.ok()) return folder.error();
    session->reloader_ =
        std::make_unique<ExerciseReloader>(std::move(folder).value(), used.exercise.pinned, *session->exercise_);
  }
  if (options.clips) {
    if (Result<void> opened = session->OpenClips(options.clip_observer); !opened.ok()) return opened.error();
  }
  if (Result<void> added = session->AddSources(options); !added.ok()) return added.error();
  return session;
}

Result<void> Session::AddSources(const SessionOptions& options) {
  std::vector<config::CameraConfig> cameras;
  cameras.reserve(options.sources.size());
  for (const std::string& url : options.sources) cameras.push_back(CameraOf(url, cameras.size(), options, config_));
  if (cameras.empty()) cameras = config_.cameras;
  if (cameras.empty())
    return MakeError(ErrorCode::kInvalidArgument,
                     "no source: name a video or camera, or a configuration with cameras (-c)");
  for (const config::CameraConfig& camera : cameras) {
    const bool recording = IsRecording(camera.url);
    if (recording && options.cameras_only)
      return MakeError(ErrorCode::kInvalidArgument, "{} is a recording without pixels; give the video",
                       media::RedactUrl(camera.url));
    if (!recording && options.recordings_only) {
      return MakeError(ErrorCode::kInvalidArgument, "{} is no .jsonl recording; `spotter count` takes videos",
                       media::RedactUrl(camera.url));
    }
    if (recording && !options.camera_id.empty()) {
      return MakeError(ErrorCode::kInvalidArgument, "{} is a recording and keeps the camera ids that it was made with",
                       camera.url);
    }
    Result<void> added = recording ? AddRecording(camera) : AddCamera(camera, options);
    if (!added.ok()) return added;
  }
  return {};
}

Result<void> Session::AddRecording(const config::CameraConfig& camera) {
  pipeline::RecordingSource::Cameras cameras;
  for (const config::CameraConfig& configured : config_.cameras)
    cameras.known.emplace(configured.id, PresenceOf(configured));
  if (cameras.known.contains(camera.id)) cameras.stands_for = camera.id;
  Result<std::unique_ptr<pipeline::RecordingSource>> source =
      pipeline::RecordingSource::Open(camera.url, std::move(cameras));
  if (!source.ok()) return source.error();
  sources_.push_back(std::move(source).value());
  return {};
}

Result<void> Session::Run(std::vector<pipeline::SiteSink*> sinks, pipeline::FrameTap* tap) {
  for (pipeline::CameraWorker* camera : cameras_) camera->SetFrameTap(tap);
  // First: who hears of an event may rely on its clip being recorded.
  std::vector<pipeline::SiteSink*> all;
  if (clip_sink_ != nullptr) all.push_back(clip_sink_.get());
  all.insert(all.end(), sinks.begin(), sinks.end());
  if (reloader_ != nullptr) all.push_back(reloader_.get());
  pipeline::ZoneCheck zone_check(config_.zones);
  all.push_back(&zone_check);
  pipeline::SiteWorker site({.identity = identity_, .exercise = *exercise_, .floor = floor_}, std::move(all));
  std::vector<pipeline::PerceptionSource*> sources;
  sources.reserve(sources_.size());
  for (const auto& source : sources_) sources.push_back(source.get());
  pipeline::Pipeline pipeline(std::move(sources), site);
  signals_.CallOnSignal([&] { pipeline.Stop(); });
  LogDebug("watching {} source{}", sources_.size(), sources_.size() == 1 ? "" : "s");
  Result<void> done = pipeline.Run();
  signals_.CallOnSignal(nullptr);
  dropped_ = pipeline.dropped();
  return done;
}

bool Session::live() const {
  return std::ranges::all_of(sources_,
                             [](const auto& source) { return source->drop_policy() == DropPolicy::kDropOldest; });
}

std::optional<std::chrono::microseconds> Session::duration() const {
  std::optional<std::chrono::microseconds> longest;
  for (const auto& source : sources_) longest = std::max(longest, source->duration());
  return longest;
}

std::vector<std::string> Session::warnings() const {
  std::vector<std::string> all;
  for (const auto& source : sources_) {
    for (const std::string& warning : source->warnings()) all.push_back(warning);
  }
  if (dropped_ > 0)
    all.push_back(
        fmt::format("{} perceptions of live cameras were dropped: the machine is too slow for them", dropped_));
  if (signals_.signalled()) all.emplace_back("stopped by a signal: the result covers what was seen until then");
  return all;
}

}  // namespace spotter::app
