// SPDX-License-Identifier: Apache-2.0
#include "spotter/infer/openvino/openvino_backend.h"

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

#include <openvino/openvino.hpp>

#include "spotter/base/log.h"
#include "spotter/infer/openvino/openvino_model.h"

namespace spotter::infer {
namespace {

const char* NameOf(Device device) {
  switch (device) {
    case Device::kAuto:
      return "AUTO";
    case Device::kCpu:
      return "CPU";
    case Device::kGpu:
      return "GPU";
    case Device::kNpu:
      return "NPU";
  }
  return "CPU";
}

bool Has(const std::vector<std::string>& items, const std::string& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

// Where the CPU is all there is, it is named: the plugin AUTO does not take its options.
std::string ChooseDevice(const std::vector<std::string>& available, Device wanted) {
  const bool cpu_only =
      std::all_of(available.begin(), available.end(), [](const std::string& d) { return d == "CPU"; });
  return wanted == Device::kAuto && cpu_only ? "CPU" : NameOf(wanted);
}

bool IsThere(const std::vector<std::string>& available, const std::string& device) {
  return device == "AUTO" || std::any_of(available.begin(), available.end(), [&](const std::string& name) {
           return name == device || name.starts_with(device + ".");
         });
}

int ChooseStreams(int wanted) {
  constexpr int kMost = 4;  // each stream holds its own activations (30 MB for the detector)
  if (wanted > 0) return wanted;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMost);
}

}  // namespace

struct OpenVinoBackend::State {
  ov::Core core;
  std::string device;
  std::string device_name;
  ov::element::Type precision = ov::element::f32;
  int streams = 1;
  std::filesystem::path cache_dir;

  OpenVinoTarget Target() const { return MakeTarget(device, {precision, streams, cache_dir}); }
};

OpenVinoBackend::OpenVinoBackend(std::unique_ptr<State> state) : state_(std::move(state)) {}
OpenVinoBackend::~OpenVinoBackend() = default;

Result<std::unique_ptr<InferenceBackend>> OpenVinoBackend::Create(const BackendOptions& options) {
  try {
    auto state = std::make_unique<State>();
    const std::vector<std::string> available = state->core.get_available_devices();
    state->device = ChooseDevice(available, options.device);
    if (!IsThere(available, state->device)) {
      return MakeError(ErrorCode::kUnavailable, "OpenVINO finds no {} here: install its driver or use --device cpu.",
                       state->device);
    }
    if (state->device == "CPU") {
      state->device_name = state->core.get_property("CPU", ov::device::full_name);
      const auto capabilities = state->core.get_property("CPU", ov::device::capabilities);
      const bool bf16 = options.precision == Precision::kAuto && Has(capabilities, ov::device::capability::BF16);
      state->precision = bf16 ? ov::element::bf16 : ov::element::f32;
    } else if (options.precision == Precision::kAuto) {
      state->precision = ov::element::f16;
    }
    state->streams = ChooseStreams(options.streams);
    state->cache_dir = options.cache_dir;
    return std::unique_ptr<InferenceBackend>(new OpenVinoBackend(std::move(state)));
  } catch (const std::exception& error) {
    return MakeError(ErrorCode::kUnavailable, "OpenVINO does not start: {}", FirstLine(error.what()));
  }
}

std::string OpenVinoBackend::description() const {
  const std::string name = state_->device_name.empty() ? "" : " (" + state_->device_name + ")";
  return fmt::format("{}{}, {}, {} at once", state_->device, name, state_->precision.to_string(), state_->streams);
}

Result<ModelInfo> OpenVinoBackend::Inspect(const std::filesystem::path& path) {
  return InspectOpenVinoModel(state_->core, path);
}

Result<std::shared_ptr<Model>> OpenVinoBackend::Load(const ModelOptions& options) {
  return LoadOpenVinoModel(state_->core, options, state_->Target());
}

std::string OpenVinoVersion() { return ov::get_openvino_version().buildNumber; }

}  // namespace spotter::infer
