// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <thread>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "spotter/app/command.h"
#include "spotter/app/paths.h"
#include "spotter/app/print_result.h"
#include "spotter/app/version.h"
#include "spotter/config/exercise_library.h"
#include "spotter/infer/inference_backend.h"
#include "spotter/infer/model_checksum.h"
#include "spotter/media/probe.h"

namespace spotter::app {
namespace {

namespace fs = std::filesystem;

enum class Health { kGood, kNote, kProblem };

struct Finding {
  Health health;
  std::string subject;
  std::string message;  // for a problem: what to do
};

using Findings = std::vector<Finding>;

// The detector and the default refiner: without them nothing works.
constexpr std::array<const char*, 2> kNeededNetworks = {"movenet-multipose.xml", "pose_landmark_full.tflite"};

void CheckModels(const std::string& option, Findings& findings) {
  const Result<fs::path> folder = FindModelsDir(option);
  if (!folder.ok()) {
    findings.push_back({Health::kProblem, "models", folder.error().message});
    return;
  }
  for (const char* file : kNetworkFiles) {
    const fs::path path = *folder / file;
    std::error_code failure;
    if (!fs::exists(path, failure)) {
      const bool needed = std::ranges::find(kNeededNetworks, std::string_view(file)) != std::end(kNeededNetworks);
      findings.push_back({needed ? Health::kProblem : Health::kNote, file, "is missing: run `make setup`"});
    } else if (const Result<void> intact = infer::CheckChecksum(path); !intact.ok()) {
      findings.push_back({Health::kProblem, file, intact.error().message});
    } else {
      findings.push_back({Health::kGood, file, "there and intact"});
    }
  }
}

void CheckInference(Findings& findings) {
  for (const auto& [device, name] : {std::pair{infer::Device::kCpu, "cpu"}, std::pair{infer::Device::kGpu, "gpu"},
                                     std::pair{infer::Device::kNpu, "npu"}}) {
    infer::BackendOptions options;
    options.device = device;
    const Result<std::unique_ptr<infer::InferenceBackend>> backend = infer::CreateBackend(options);
    const Health missing = device == infer::Device::kCpu ? Health::kProblem : Health::kNote;
    findings.push_back({backend.ok() ? Health::kGood : missing, fmt::format("device {}", name),
                        backend.ok() ? (*backend)->description() : backend.error().message});
  }
}

void CheckCodecs(Findings& findings) {
  std::string decodes;
  std::string missing;
  bool writes_h264 = false;
  for (const media::CodecSupport& codec : media::ListCodecs()) {
    std::string& list = codec.can_decode ? decodes : missing;
    list += (list.empty() ? "" : " ") + codec.codec;
    writes_h264 |= codec.codec == "h264" && codec.can_encode;
  }
  findings.push_back({Health::kGood, "decoders", fmt::format("{} (libavcodec {})", decodes, media::LibavVersion())});
  if (!missing.empty()) findings.push_back({Health::kNote, "decoders", "not available: " + missing});
  if (!writes_h264)
    findings.push_back({Health::kProblem, "encoder",
                        "no H.264 encoder: `spotter annotate` cannot write; install Debian's libavcodec with libx264"});
}

void CheckExercises(const std::string& option, Findings& findings) {
  const Result<fs::path> folder = FindExercisesDir(option);
  if (!folder.ok()) {
    findings.push_back({Health::kProblem, "exercises", folder.error().message});
    return;
  }
  const Result<exercise::ExerciseLibrary> library = config::LoadExerciseLibrary(*folder);
  if (!library.ok()) {
    findings.push_back({Health::kProblem, "exercises", library.error().message});
    return;
  }
  std::string unverified;
  for (const auto& definition : library->exercises()) {
    if (!definition.verified()) unverified += (unverified.empty() ? "" : ", ") + definition.id;
  }
  findings.push_back(
      {Health::kGood, "exercises", fmt::format("{} in {}", library->exercises().size(), folder->string())});
  if (!unverified.empty())
    findings.push_back({Health::kNote, "exercises", "not yet tried on recordings: " + unverified});
}

void CheckCache(Findings& findings) {
  const fs::path folder = NetworkCacheDir();
  if (folder.empty()) {
    findings.push_back(
        {Health::kNote, "cache", "no home folder: every start compiles the networks anew; set SPOTTER_CACHE"});
    return;
  }
  std::error_code failure;
  fs::create_directories(folder, failure);
  const bool writable = !failure && access(folder.c_str(), W_OK) == 0;
  findings.push_back(
      writable
          ? Finding{Health::kGood, "cache", folder.string()}
          : Finding{Health::kNote, "cache",
                    folder.string() + " cannot be written: every start compiles the networks anew; set SPOTTER_CACHE"});
}

void CheckCameras(Findings& findings) {
  std::string devices;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator("/dev", failure)) {
    if (entry.path().filename().string().starts_with("video"))
      devices += (devices.empty() ? "" : " ") + entry.path().string();
  }
  findings.push_back(
      {Health::kNote, "cameras", devices.empty() ? "no /dev/video* here; rtsp:// and files work" : devices});
}

// For people.
const char* Mark(Health health) {
  switch (health) {
    case Health::kGood:
      return "ok     ";
    case Health::kNote:
      return "note   ";
    case Health::kProblem:
      return "PROBLEM";
  }
  return "";
}

const char* Name(Health health) {
  switch (health) {
    case Health::kGood:
      return "ok";
    case Health::kNote:
      return "note";
    case Health::kProblem:
      return "problem";
  }
  return "";
}

std::string ToText(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings)
    text += fmt::format("{}  {:<26} {}\n", Mark(finding.health), finding.subject, finding.message);
  return text;
}

std::string ToJson(const Findings& findings) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Finding& finding : findings)
    list.push_back({{"health", Name(finding.health)}, {"subject", finding.subject}, {"message", finding.message}});
  const nlohmann::ordered_json report = {{"version", kVersion}, {"findings", std::move(list)}};
  // Paths may hold bytes that are no UTF-8.
  return report.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

struct Options {
  std::string models_dir;
  std::string exercises_dir;
  TextFormat format = TextFormat::kText;
};

Findings Examine(const Options& options) {
  Findings findings;
  findings.push_back(
      {Health::kGood, "spotter", fmt::format("{}, {} cores", kVersion, std::thread::hardware_concurrency())});
  CheckModels(options.models_dir, findings);
  CheckInference(findings);
  CheckCodecs(findings);
  CheckExercises(options.exercises_dir, findings);
  CheckCache(findings);
  CheckCameras(findings);
  return findings;
}

}  // namespace

CommandAction SetUpDoctor(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("--models", options->models_dir, "Folder of the networks");
  app.add_option("--exercises", options->exercises_dir, "Folder of exercise definitions");
  AddTextFormatOption(app, options->format);
  return [options]() -> Result<void> {
    const Findings findings = Examine(*options);
    Result<void> printed = PrintResult(options->format == TextFormat::kJson ? ToJson(findings) : ToText(findings));
    if (!printed.ok()) return printed;
    const auto problems = std::ranges::count(findings, Health::kProblem, &Finding::health);
    if (problems == 0) return {};
    return MakeError(ErrorCode::kUnavailable, "{} problem{} found: what to do stands beside each", problems,
                     problems == 1 ? "" : "s");
  };
}

}  // namespace spotter::app
