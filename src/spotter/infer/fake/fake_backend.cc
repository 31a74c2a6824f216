// SPDX-License-Identifier: Apache-2.0
#include "spotter/infer/fake/fake_backend.h"

#include <algorithm>
#include <future>
#include <utility>

namespace spotter::infer {
namespace {

// Known sizes of the output; an unknown first size follows from the number of values.
Shape ShapeOf(const OutputInfo& info, std::size_t values) {
  Shape shape = info.shape;
  const auto unknown = std::find(shape.begin(), shape.end(), -1);
  if (unknown == shape.end()) return shape;
  std::int64_t others = 1;
  for (const std::int64_t size : shape) others *= size < 0 ? 1 : size;
  *unknown = static_cast<std::int64_t>(values) / others;
  return shape;
}

using Script = std::function<std::vector<std::vector<float>>(std::span<const std::uint8_t>, int, int)>;

class Request : public InferRequest {
 public:
  Request(const ModelInfo& info, const Script& run)
      : info_(info), run_(run), input_(static_cast<std::size_t>(info.height) * info.width * 3) {}

  std::span<std::uint8_t> input() override { return input_; }
  void Start() override {
    pending_ = std::async(std::launch::async, [this] { return run_(input_, info_.height, info_.width); });
  }
  Result<void> Wait() override {
    values_ = pending_.get();
    return {};
  }
  OutputTensor output(std::size_t index) const override {
    return {ShapeOf(info_.outputs[index], values_[index].size()), values_[index]};
  }

 private:
  const ModelInfo& info_;
  const Script& run_;
  std::vector<std::uint8_t> input_;
  std::vector<std::vector<float>> values_;
  std::future<std::vector<std::vector<float>>> pending_;  // last: its thread uses the members above
};

class LoadedModel : public Model {
 public:
  LoadedModel(const FakeModel& model, const ModelOptions& options) : info_(model.info), run_(model.run) {
    if (info_.height == 0) info_.height = options.height;
    if (info_.width == 0) info_.width = options.width;
    if (model.stride > 0) SizeMaps(model.stride);
  }

  const ModelInfo& info() const override { return info_; }
  int parallel_requests() const override { return 2; }
  std::unique_ptr<InferRequest> CreateRequest() override { return std::make_unique<Request>(info_, run_); }

 private:
  void SizeMaps(int stride) {
    for (OutputInfo& output : info_.outputs) {
      output.shape[1] = info_.height / stride;
      output.shape[2] = info_.width / stride;
    }
  }

  ModelInfo info_;
  const Script run_;
};

}  // namespace

Result<ModelInfo> FakeBackend::Inspect(const std::filesystem::path& path) {
  const auto it = models_.find(path.filename().string());
  if (it == models_.end()) {
    return MakeError(ErrorCode::kUnavailable, "The network {} is not there.", path.string());
  }
  return it->second.info;
}

Result<std::shared_ptr<Model>> FakeBackend::Load(const ModelOptions& options) {
  if (auto known = Inspect(options.path); !known) return known.error();
  const FakeModel& model = models_.at(options.path.filename().string());
  return std::shared_ptr<Model>(std::make_shared<LoadedModel>(model, options));
}

}  // namespace spotter::infer
