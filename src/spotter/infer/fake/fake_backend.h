// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "spotter/infer/inference_backend.h"

namespace spotter::infer {

// A network whose outputs a test scripts or has recorded.
struct FakeModel {
  ModelInfo info;  // a size of 0 is left open
  // Input pixels per cell of outputs that are maps of the picture ([1, rows, columns, channels]); 0 = there are none.
  int stride = 0;
  // The values of every output, in order, for one input picture. Called from several threads at once.
  std::function<std::vector<std::vector<float>>(std::span<const std::uint8_t> rgb, int height, int width)> run;
};

// Networks by the file name of their path. Each inference runs on a thread of its own, so that requests finish in any
// order. Any thread after the last Add.
class FakeBackend : public InferenceBackend {
 public:
  void Add(const std::string& file_name, FakeModel model) { models_[file_name] = std::move(model); }

  Result<ModelInfo> Inspect(const std::filesystem::path& path) override;
  Result<std::shared_ptr<Model>> Load(const ModelOptions& options) override;
  std::string description() const override { return "recorded outputs"; }

 private:
  std::map<std::string, FakeModel> models_;
};

}  // namespace spotter::infer
