// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "spotter/infer/inference_backend.h"

namespace spotter::perceive::testing {

// A finished inference with these outputs.
class StubRequest : public infer::InferRequest {
 public:
  struct Output {
    infer::Shape shape;
    std::vector<float> values;
  };
  explicit StubRequest(std::vector<Output> outputs) : outputs_(std::move(outputs)) {}

  std::span<std::uint8_t> input() override { return {}; }
  void Start() override {}
  Result<void> Wait() override { return {}; }
  infer::OutputTensor output(std::size_t index) const override {
    return {outputs_[index].shape, outputs_[index].values};
  }

 private:
  std::vector<Output> outputs_;
};

}  // namespace spotter::perceive::testing
