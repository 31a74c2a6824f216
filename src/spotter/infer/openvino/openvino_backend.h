// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "spotter/infer/inference_backend.h"

namespace spotter::infer {

// Networks on OpenVINO (https://docs.openvino.ai). Each inference runs on one thread: on a few cores that costs the
// least processor time, and the result does not depend on how many run at once. Any thread.
class OpenVinoBackend : public InferenceBackend {
 public:
  static Result<std::unique_ptr<InferenceBackend>> Create(const BackendOptions& options);
  ~OpenVinoBackend() override;

  Result<ModelInfo> Inspect(const std::filesystem::path& path) override;
  Result<std::shared_ptr<Model>> Load(const ModelOptions& options) override;
  std::string description() const override;

 private:
  struct State;
  explicit OpenVinoBackend(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

// "2026.4.1-12345-abcdef"
std::string OpenVinoVersion();

}  // namespace spotter::infer
