// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spotter/base/result.h"

namespace spotter::infer {

using Shape = std::vector<std::int64_t>;

// Which network, and how its picture input is fed. The caller always writes bytes, RGB, rows of pixels ([1, H, W, 3]);
// type, channel order and layout are converted inside the compiled graph.
struct ModelOptions {
  std::filesystem::path path;  // IR (.xml beside .bin), .onnx or .tflite
  int height = 0;              // of the input; 0 = as the file says
  int width = 0;
  float input_scale = 1;          // each byte is multiplied by this: 1 or 1/255
  bool bgr = false;               // the network wants blue first
  std::vector<std::string> keep;  // names of the outputs to compute; empty = all. What only feeds others is left out.
};

struct OutputInfo {
  std::vector<std::string> names;  // a tensor may have several
  Shape shape;                     // -1 = known only after inference
};

struct ModelInfo {
  int height = 0;  // of the input picture, pixels; 0 = left open by the file
  int width = 0;
  std::vector<OutputInfo> outputs;
};

// Index of the output that has this name, or -1.
int FindOutput(const std::vector<OutputInfo>& outputs, std::string_view name);

// The values of one output; valid until the request is started again or destroyed.
struct OutputTensor {
  Shape shape;
  std::span<const float> values;
};

// One inference with buffers of its own. Used by one thread at a time; many requests of a model run at once.
class InferRequest {
 public:
  virtual ~InferRequest() = default;

  // height * width * 3 bytes. Not to be touched between Start and Wait.
  virtual std::span<std::uint8_t> input() = 0;
  // Begins the inference and returns at once.
  virtual void Start() = 0;
  // Blocks until the inference is done. REQUIRES: Start was called
  virtual Result<void> Wait() = 0;
  // REQUIRES: Wait returned without an error; index < Model::info().outputs.size()
  virtual OutputTensor output(std::size_t index) const = 0;
};

// A compiled network. Any thread; outlives its requests.
class Model {
 public:
  virtual ~Model() = default;

  virtual const ModelInfo& info() const = 0;  // with a known input size
  // Inferences that run truly in parallel; more requests than that only wait in line.
  virtual int parallel_requests() const = 0;
  virtual std::unique_ptr<InferRequest> CreateRequest() = 0;
};

// Loads and compiles networks for one device. Any thread.
class InferenceBackend {
 public:
  virtual ~InferenceBackend() = default;

  // Reads the file without compiling it. kUnavailable when it is missing, kUnreadable when it is damaged,
  // kInvalidArgument when the network does not take one picture. The message says what to do.
  virtual Result<ModelInfo> Inspect(const std::filesystem::path& path) = 0;
  // Errors as Inspect; kInvalidArgument also when the input size stays open or an output to keep is not there.
  virtual Result<std::shared_ptr<Model>> Load(const ModelOptions& options) = 0;
  // What runs the networks, for people: "CPU (AMD EPYC ...), bf16".
  virtual std::string description() const = 0;
};

enum class Device { kAuto, kCpu, kGpu, kNpu };
enum class Precision {
  kAuto,  // bf16 where the processor computes it, else f32
  kF32,
};

// "auto", "cpu", "gpu", "npu"; kInvalidArgument for anything else.
Result<Device> ParseDevice(std::string_view text);
// "auto", "f32"; kInvalidArgument for anything else.
Result<Precision> ParsePrecision(std::string_view text);

struct BackendOptions {
  Device device = Device::kAuto;
  Precision precision = Precision::kAuto;
  int streams = 0;                  // inferences at once, one thread each; 0 = one a core, at most 4
  std::filesystem::path cache_dir;  // compiled networks are kept there between runs; empty = not kept
};

// The backend that this program was built with (OpenVINO). kUnavailable when it was built without one or the device is
// not there.
Result<std::unique_ptr<InferenceBackend>> CreateBackend(const BackendOptions& options);

// The version of that backend's library, as it calls itself; "none" without one.
std::string EngineVersion();

}  // namespace spotter::infer
