// SPDX-License-Identifier: Apache-2.0
#include "spotter/infer/openvino/openvino_model.h"

#include <algorithm>
#include <exception>
#include <span>
#include <system_error>
#include <utility>

#include <openvino/runtime/auto/properties.hpp>

#include "spotter/base/log.h"
#include "spotter/infer/model_checksum.h"

namespace spotter::infer {
namespace {

// OpenVINO throws wherever it likes; here every failure waits for Wait, which returns it.
class OpenVinoRequest : public InferRequest {
 public:
  OpenVinoRequest(ov::CompiledModel& model, const ModelInfo& info) : outputs_(info.outputs.size()) {
    Try([&] {
      request_ = model.create_infer_request();
      ov::Tensor tensor = request_.get_input_tensor();
      input_ = {tensor.data<std::uint8_t>(), tensor.get_byte_size()};
    });
    is_made_ = error_.empty();
    if (is_made_) return;
    refused_input_.resize(static_cast<std::size_t>(info.height) * static_cast<std::size_t>(info.width) * 3);
    input_ = refused_input_;
  }

  std::span<std::uint8_t> input() override { return input_; }

  void Start() override {
    if (!is_made_) return;
    error_.clear();
    Try([&] { request_.start_async(); });
  }

  Result<void> Wait() override {
    if (error_.empty()) {
      Try([&] {
        request_.wait();
        for (std::size_t i = 0; i < outputs_.size(); ++i) outputs_[i] = ReadOutput(i);
      });
    }
    if (error_.empty()) return {};
    return MakeError(ErrorCode::kInternal, "The network could not be run: {}", error_);
  }

  OutputTensor output(std::size_t index) const override { return outputs_[index]; }

 private:
  template <typename Action>
  void Try(Action action) {
    try {
      action();
    } catch (const std::exception& error) {
      error_ = FirstLine(error.what());
    }
  }

  OutputTensor ReadOutput(std::size_t index) {
    const ov::Tensor tensor = request_.get_output_tensor(index);
    return {Shape(tensor.get_shape().begin(), tensor.get_shape().end()),
            std::span<const float>(tensor.data<const float>(), tensor.get_size())};
  }

  ov::InferRequest request_;
  std::span<std::uint8_t> input_;
  std::vector<std::uint8_t> refused_input_;  // stands for the input of a request that could not be made
  std::vector<OutputTensor> outputs_;        // of the last inference
  bool is_made_ = false;
  std::string error_;  // empty = none
};

class OpenVinoModel : public Model {
 public:
  OpenVinoModel(ov::CompiledModel compiled, ModelInfo info) : compiled_(std::move(compiled)), info_(std::move(info)) {
    parallel_requests_ = static_cast<int>(compiled_.get_property(ov::optimal_number_of_infer_requests));
  }

  const ModelInfo& info() const override { return info_; }
  int parallel_requests() const override { return parallel_requests_; }
  std::unique_ptr<InferRequest> CreateRequest() override { return std::make_unique<OpenVinoRequest>(compiled_, info_); }

 private:
  ov::CompiledModel compiled_;
  const ModelInfo info_;
  int parallel_requests_ = 1;
};

bool IsKept(const ov::Output<ov::Node>& output, const std::vector<std::string>& keep) {
  const auto& names = output.get_names();
  return std::any_of(keep.begin(), keep.end(), [&](const std::string& name) { return names.count(name) > 0; });
}

// Without the dropped outputs the branches that only feed them are never computed.
std::shared_ptr<ov::Model> KeepOutputs(const std::shared_ptr<ov::Model>& model, const std::vector<std::string>& keep) {
  if (keep.empty()) return model;
  ov::OutputVector kept;
  for (const auto& output : model->outputs()) {
    if (IsKept(output, keep)) kept.push_back(output);
  }
  if (kept.size() != keep.size()) return nullptr;
  return std::make_shared<ov::Model>(kept, model->get_parameters(), model->get_friendly_name());
}

// Pictures are [1, H, W, 3] (TensorFlow) or [1, 3, H, W] (ONNX).
bool IsChannelsFirst(const ov::PartialShape& shape) { return shape[1].is_static() && shape[1].get_length() == 3; }

bool IsPicture(const ov::PartialShape& shape) {
  if (shape.rank().is_dynamic() || shape.rank().get_length() != 4) return false;
  const auto& channels = IsChannelsFirst(shape) ? shape[1] : shape[3];
  return channels.is_static() && channels.get_length() == 3;
}

void SetOpenSizes(ov::Model& model, const ModelOptions& options) {
  ov::PartialShape shape = model.input().get_partial_shape();
  const int first = IsChannelsFirst(shape) ? 2 : 1;
  shape[0] = 1;
  if (shape[first].is_dynamic() && options.height > 0) shape[first] = options.height;
  if (shape[first + 1].is_dynamic() && options.width > 0) shape[first + 1] = options.width;
  if (shape != model.input().get_partial_shape()) model.reshape(shape);
}

std::shared_ptr<ov::Model> FeedBytes(const std::shared_ptr<ov::Model>& model, const ModelOptions& options) {
  const bool channels_first = IsChannelsFirst(model->input().get_partial_shape());
  ov::preprocess::PrePostProcessor processor(model);
  auto& input = processor.input();
  input.tensor().set_element_type(ov::element::u8).set_layout("NHWC");
  input.tensor().set_color_format(ov::preprocess::ColorFormat::RGB);
  input.model().set_layout(channels_first ? "NCHW" : "NHWC");
  if (options.bgr) input.preprocess().convert_color(ov::preprocess::ColorFormat::BGR);
  if (options.input_scale != 1)
    input.preprocess().convert_element_type(ov::element::f32).scale(1 / options.input_scale);
  for (std::size_t i = 0; i < model->outputs().size(); ++i) {
    processor.output(i).tensor().set_element_type(ov::element::f32);
  }
  return processor.build();
}

int SizeOrZero(const ov::Dimension& size) { return size.is_static() ? static_cast<int>(size.get_length()) : 0; }

ModelInfo Describe(const ov::Model& model) {
  const ov::PartialShape input = model.input().get_partial_shape();
  const int first = IsChannelsFirst(input) ? 2 : 1;
  ModelInfo info{SizeOrZero(input[first]), SizeOrZero(input[first + 1]), {}};
  for (const auto& node : model.outputs()) {
    OutputInfo output;
    output.names.assign(node.get_names().begin(), node.get_names().end());
    std::sort(output.names.begin(), output.names.end());
    for (const auto& size : node.get_partial_shape()) output.shape.push_back(size.is_static() ? size.get_length() : -1);
    info.outputs.push_back(std::move(output));
  }
  return info;
}

Error Damaged(const std::filesystem::path& path, std::string_view why) {
  return MakeError(ErrorCode::kUnreadable,
                   "The network {} is damaged or of an unknown kind ({}): run `make setup` to get it again.",
                   path.string(), why);
}

// The file, checked to be there, intact and a network for one picture. May throw.
Result<std::shared_ptr<ov::Model>> Read(ov::Core& core, const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    return MakeError(ErrorCode::kUnavailable, "The network {} is not there: run `make setup` to get it.",
                     path.string());
  }
  if (auto intact = CheckChecksum(path); !intact) return intact.error();
  std::shared_ptr<ov::Model> model = core.read_model(path);
  if (model->inputs().size() == 1 && IsPicture(model->input().get_partial_shape())) return model;
  return MakeError(ErrorCode::kInvalidArgument,
                   "The network {} does not take one picture with 3 channels: use a pose network.", path.string());
}

// The compiled network is stored with [1, H, W, 3] bytes as its input. May throw.
Result<std::shared_ptr<ov::Model>> Adapt(const std::shared_ptr<ov::Model>& read, const ModelOptions& options) {
  std::shared_ptr<ov::Model> model = KeepOutputs(read, options.keep);
  if (!model) return Damaged(options.path, "an output is missing");
  SetOpenSizes(*model, options);
  if (model->input().get_partial_shape().is_dynamic()) {
    return MakeError(ErrorCode::kInvalidArgument, "The network {} has no fixed input size: give one.",
                     options.path.string());
  }
  return FeedBytes(model, options);
}

// A cache that is damaged or has no room costs the time to compile, nothing else. May throw.
ov::CompiledModel Compile(ov::Core& core, const std::shared_ptr<ov::Model>& model, const OpenVinoTarget& target) {
  try {
    return core.compile_model(model, target.device, target.compile_options);
  } catch (const std::exception& error) {
    ov::AnyMap without_cache = target.compile_options;
    if (without_cache.erase(ov::cache_dir.name()) == 0) throw;
    LogDebug("compiled networks cannot be kept: {}", FirstLine(error.what()));
    return core.compile_model(model, target.device, without_cache);
  }
}

}  // namespace

std::string FirstLine(std::string_view message) {
  // "Exception from src/inference/src/cpp/core.cpp:93:\nwhat happened\n": the last line that says something.
  std::string best;
  while (!message.empty()) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    const std::string_view line = message.substr(0, end);
    if (!line.empty() && !line.starts_with("Exception from ")) best = line;
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  return best.empty() ? "no reason given" : best;
}

OpenVinoTarget MakeTarget(const std::string& device, const TargetOptions& options) {
  ov::AnyMap compile{ov::hint::inference_precision(options.precision)};
  if (!options.cache_dir.empty()) compile.insert(ov::cache_dir(options.cache_dir.string()));
  if (device == "CPU") {
    compile.insert(ov::num_streams(options.streams));
    compile.insert(ov::inference_num_threads(options.streams));
    compile.insert(ov::hint::enable_cpu_pinning(false));  // other programs share the cores
    return {device, compile};
  }
  compile.insert(ov::hint::performance_mode(ov::hint::PerformanceMode::THROUGHPUT));
  if (device == "AUTO") {
    compile.insert(ov::intel_auto::enable_startup_fallback(false));  // no first inferences on the CPU meanwhile
    compile.insert(ov::intel_auto::enable_runtime_fallback(false));  // a device that fails is an error
  }
  return {device, compile};
}

Result<ModelInfo> InspectOpenVinoModel(ov::Core& core, const std::filesystem::path& path) {
  try {
    auto model = Read(core, path);
    if (!model) return model.error();
    return Describe(**model);
  } catch (const std::exception& error) {
    return Damaged(path, FirstLine(error.what()));
  }
}

Result<std::shared_ptr<Model>> LoadOpenVinoModel(ov::Core& core,
                                                 const ModelOptions& options,
                                                 const OpenVinoTarget& target) {
  try {
    auto read = Read(core, options.path);
    if (!read) return read.error();
    auto adapted = Adapt(*read, options);
    if (!adapted) return adapted.error();
    ov::CompiledModel compiled = Compile(core, *adapted, target);
    return std::shared_ptr<Model>(std::make_shared<OpenVinoModel>(std::move(compiled), Describe(**adapted)));
  } catch (const std::exception& error) {
    return Damaged(options.path, FirstLine(error.what()));
  }
}

}  // namespace spotter::infer
