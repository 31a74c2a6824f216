// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "spotter/base/result.h"

namespace spotter::convert {

// A constant of the graph. Every stored type (float32, float16, int32, bool, 8- and 16-bit quantised) is widened to
// float.
struct TfjsTensor {
  std::vector<size_t> shape;  // empty = scalar
  std::vector<float> values;
};

// One operation. Of the attributes only those of convolutions and resizes are kept.
struct TfjsNode {
  std::string name;
  std::string op;                       // TensorFlow's name, e.g. "_FusedConv2D"
  std::vector<std::string> inputs;      // names of other nodes, without port and control marks
  std::array<size_t, 2> strides{1, 1};  // height, width
  std::array<size_t, 2> dilations{1, 1};
  std::string padding;                 // "SAME", "VALID" or empty
  std::vector<std::string> fused_ops;  // in order, e.g. BiasAdd, Relu6
  bool half_pixel_centers = false;
};

// A TensorFlow.js graph model as it lies on disk: a .json with the topology and a weights manifest, .bin shards beside
// it.
struct TfjsGraph {
  std::unordered_map<std::string, TfjsNode> nodes;
  std::unordered_map<std::string, TfjsTensor> weights;  // by the name of their Const node
};

// Errors: kNotFound (no such file), kUnreadable (not a TFJS graph model, or its weight files are too short).
Result<TfjsGraph> ReadTfjsGraph(const std::filesystem::path& model_json);

}  // namespace spotter::convert
