// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "spotter/app/command.h"
#include "spotter/app/paths.h"
#include "spotter/app/print_result.h"
#include "spotter/app/version.h"
#include "spotter/infer/inference_backend.h"
#include "spotter/infer/model_checksum.h"
#include "spotter/media/probe.h"

namespace spotter::app {
namespace {

namespace fs = std::filesystem;

// A part and its version; for a network its SHA-256, which is the only version that it has.
using Parts = std::vector<std::pair<std::string, std::string>>;

Parts Libraries() {
  return {
      {"openvino", infer::EngineVersion()}, {"ffmpeg", media::FfmpegVersion()}, {"libavcodec", media::LibavVersion()}};
}

// Those that are there: `spotter doctor` says what is missing.
Parts Networks(const std::string& models_option) {
  Parts networks;
  const Result<fs::path> folder = FindModelsDir(models_option);
  if (!folder.ok()) return networks;
  for (const char* file : kNetworkFiles) {
    for (const fs::path& path : infer::FilesOfModel(*folder / file)) {
      const std::string sum = infer::Checksum(path);
      if (!sum.empty()) networks.emplace_back(path.filename().string(), sum);
    }
  }
  return networks;
}

std::string ToText(const Parts& libraries, const Parts& networks) {
  std::string text = fmt::format("spotter {}\n", kVersion);
  for (const auto& [name, version] : libraries) text += fmt::format("  {:<26} {}\n", name, version);
  for (const auto& [name, sum] : networks) text += fmt::format("  {:<26} sha256 {}\n", name, sum);
  return text;
}

std::string ToJson(const Parts& libraries, const Parts& networks) {
  nlohmann::ordered_json value = {{"spotter", kVersion}};
  for (const auto& [name, version] : libraries) value["libraries"][name] = version;
  value["networks"] = nlohmann::ordered_json::object();
  for (const auto& [name, sum] : networks) value["networks"][name] = sum;
  return value.dump() + "\n";
}

}  // namespace

CommandAction SetUpVersion(CLI::App& app) {
  struct Options {
    std::string models_dir;
    TextFormat format = TextFormat::kText;
  };
  auto options = std::make_shared<Options>();
  app.add_option("--models", options->models_dir, "Folder of the networks");
  AddTextFormatOption(app, options->format);
  return [options]() -> Result<void> {
    auto* const print = options->format == TextFormat::kJson ? &ToJson : &ToText;
    return PrintResult(print(Libraries(), Networks(options->models_dir)));
  };
}

}  // namespace spotter::app
