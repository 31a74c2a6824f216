// SPDX-License-Identifier: Apache-2.0
#include "spotter/infer/inference_backend.h"

#include <algorithm>

#if SPOTTER_WITH_OPENVINO
#include "spotter/infer/openvino/openvino_backend.h"
#endif

namespace spotter::infer {

int FindOutput(const std::vector<OutputInfo>& outputs, std::string_view name) {
  const auto it = std::find_if(outputs.begin(), outputs.end(), [&](const OutputInfo& output) {
    return std::find(output.names.begin(), output.names.end(), name) != output.names.end();
  });
  return it == outputs.end() ? -1 : static_cast<int>(it - outputs.begin());
}

Result<Device> ParseDevice(std::string_view text) {
  if (text == "auto") return Device::kAuto;
  if (text == "cpu") return Device::kCpu;
  if (text == "gpu") return Device::kGpu;
  if (text == "npu") return Device::kNpu;
  return MakeError(ErrorCode::kInvalidArgument, "Unknown device '{}': use auto, cpu, gpu or npu.", text);
}

Result<Precision> ParsePrecision(std::string_view text) {
  if (text == "auto") return Precision::kAuto;
  if (text == "f32") return Precision::kF32;
  return MakeError(ErrorCode::kInvalidArgument, "Unknown precision '{}': use auto or f32.", text);
}

Result<std::unique_ptr<InferenceBackend>> CreateBackend(const BackendOptions& options) {
#if SPOTTER_WITH_OPENVINO
  return OpenVinoBackend::Create(options);
#else
  (void)options;
  return MakeError(ErrorCode::kUnavailable,
                   "This program was built without an inference engine: build it with SPOTTER_WITH_OPENVINO=ON.");
#endif
}

std::string EngineVersion() {
#if SPOTTER_WITH_OPENVINO
  return OpenVinoVersion();
#else
  return "none";
#endif
}

}  // namespace spotter::infer
