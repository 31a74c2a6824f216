// SPDX-License-Identifier: Apache-2.0
#include "movenet_model.h"

#include <algorithm>
#include <array>
#include <functional>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include <fmt/format.h>
#include <openvino/opsets/opset13.hpp>
#include <openvino/pass/constant_folding.hpp>

namespace spotter::convert {
namespace {

namespace op = ov::opset13;
using Value = ov::Output<ov::Node>;

constexpr std::array kHeads = {"center", "kpt_heatmap", "kpt_offset", "kpt_regress", "box_scale", "box_offset"};

Value Floats(const ov::Shape& shape, const std::vector<float>& values) {
  return std::make_shared<op::Constant>(ov::element::f32, shape, values);
}

Value Int64s(const std::vector<int64_t>& values) {
  return std::make_shared<op::Constant>(ov::element::i64, ov::Shape{values.size()}, values);
}

Value Transpose(const Value& value, const std::vector<int64_t>& order) {
  return std::make_shared<op::Transpose>(value, Int64s(order));
}

// Builds the operations that the wanted nodes need, each once, on NCHW values. Throws std::runtime_error (and lets
// OpenVINO's exceptions through) on a graph that it does not understand; BuildMoveNetModel turns both into an Error.
class GraphBuilder {
 public:
  explicit GraphBuilder(const TfjsGraph& graph)
      : graph_(graph),
        input_(std::make_shared<op::Parameter>(ov::element::f32, ov::PartialShape{1, -1, -1, 3})),
        input_nchw_(Transpose(input_, {0, 3, 1, 2})) {
    input_->set_friendly_name("input");
    input_->output(0).set_names({"input"});
  }

  const std::shared_ptr<op::Parameter>& input() const { return input_; }

  Value Build(const std::string& name) {
    if (const auto built = built_.find(name); built != built_.end()) return built->second;
    const TfjsNode& node = Node(name);
    Value value = graph_.weights.contains(name) ? Constant(name) : Operation(node);
    value.get_node_shared_ptr()->set_friendly_name(name);
    built_.emplace(name, value);
    return value;
  }

 private:
  const TfjsNode& Node(const std::string& name) const {
    const auto node = graph_.nodes.find(name);
    if (node == graph_.nodes.end()) throw std::runtime_error(fmt::format("node '{}' is missing", name));
    return node->second;
  }

  const TfjsTensor& Weight(const std::string& name) const {
    const auto weight = graph_.weights.find(name);
    if (weight == graph_.weights.end()) throw std::runtime_error(fmt::format("weight '{}' is missing", name));
    return weight->second;
  }

  Value Operation(const TfjsNode& node) {
    if (node.op == "Placeholder") return input_nchw_;
    if (node.op == "Cast") return Build(node.inputs.at(0));  // the input is f32 already
    if (node.op == "Sub") return std::make_shared<op::Subtract>(Build(node.inputs.at(0)), Build(node.inputs.at(1)));
    if (node.op == "Mul") return std::make_shared<op::Multiply>(Build(node.inputs.at(0)), Build(node.inputs.at(1)));
    if (node.op == "AddV2") return std::make_shared<op::Add>(Build(node.inputs.at(0)), Build(node.inputs.at(1)));
    if (node.op == "ResizeBilinear") return Upsampling(node);
    if (node.op == "_FusedConv2D" || node.op == "Conv2D") return Fused(node, Convolution(node));
    if (node.op == "FusedDepthwiseConv2dNative" || node.op == "DepthwiseConv2dNative") {
      return Fused(node, DepthwiseConvolution(node));
    }
    throw std::runtime_error(fmt::format("operation {} ('{}') is not part of MoveNet", node.op, node.name));
  }

  // An operand of elementwise arithmetic: a scalar, one value per channel, or NHWC.
  Value Constant(const std::string& name) const {
    const TfjsTensor& weight = Weight(name);
    const size_t channels = weight.shape.empty() ? 1 : weight.shape.back();
    if (weight.values.size() != channels)
      throw std::runtime_error(fmt::format("'{}' is not one value a channel", name));
    return Floats({1, channels, 1, 1}, weight.values);
  }

  Value Kernel(const TfjsNode& node) const {
    const TfjsTensor& weight = Weight(node.inputs.at(1));
    if (weight.shape.size() != 4) throw std::runtime_error(fmt::format("'{}' has no 4-D kernel", node.name));
    return Floats(weight.shape, weight.values);
  }

  // TensorFlow's SAME puts the odd padding pixel at the lower right, which OpenVINO calls SAME_UPPER.
  static ov::op::PadType Padding(const TfjsNode& node) {
    if (node.padding == "SAME") return ov::op::PadType::SAME_UPPER;
    if (node.padding == "VALID") return ov::op::PadType::VALID;
    throw std::runtime_error(fmt::format("'{}' has the unknown padding '{}'", node.name, node.padding));
  }

  Value Convolution(const TfjsNode& node) {
    const Value kernel = Transpose(Kernel(node), {3, 2, 0, 1});  // HWIO -> OIHW
    return std::make_shared<op::Convolution>(
        Build(node.inputs.at(0)), kernel, ov::Strides{node.strides[0], node.strides[1]}, ov::CoordinateDiff{0, 0},
        ov::CoordinateDiff{0, 0}, ov::Strides{node.dilations[0], node.dilations[1]}, Padding(node));
  }

  Value DepthwiseConvolution(const TfjsNode& node) {
    const Value grouped = Transpose(Kernel(node), {2, 3, 0, 1});  // HW(channel)(multiplier) -> (channel)(multiplier)HW
    const Value kernel = std::make_shared<op::Unsqueeze>(grouped, Int64s({2}));
    return std::make_shared<op::GroupConvolution>(
        Build(node.inputs.at(0)), kernel, ov::Strides{node.strides[0], node.strides[1]}, ov::CoordinateDiff{0, 0},
        ov::CoordinateDiff{0, 0}, ov::Strides{node.dilations[0], node.dilations[1]}, Padding(node));
  }

  Value Fused(const TfjsNode& node, Value value) {
    size_t next_input = 2;
    for (const std::string& fused : node.fused_ops) {
      if (fused == "BiasAdd") {
        value = std::make_shared<op::Add>(value, Constant(node.inputs.at(next_input++)));
      } else if (fused == "Relu") {
        value = std::make_shared<op::Relu>(value);
      } else if (fused == "Relu6") {
        value = std::make_shared<op::Clamp>(value, 0.0, 6.0);
      } else {
        throw std::runtime_error(fmt::format("'{}' has the unknown fused operation {}", node.name, fused));
      }
    }
    return value;
  }

  // Keras' UpSampling2D: the target size is computed from the input's shape times a constant; only the constant
  // matters.
  Value Upsampling(const TfjsNode& node) {
    const TfjsNode& size = Node(node.inputs.at(1));
    if (size.op != "Mul" || !node.half_pixel_centers) {
      throw std::runtime_error(fmt::format("'{}' is not an up-sampling by a constant factor", node.name));
    }
    const TfjsTensor& factors = Weight(size.inputs.at(1));
    op::Interpolate::InterpolateAttrs attributes;
    attributes.mode = op::Interpolate::InterpolateMode::LINEAR_ONNX;
    attributes.shape_calculation_mode = op::Interpolate::ShapeCalcMode::SCALES;
    attributes.coordinate_transformation_mode = op::Interpolate::CoordinateTransformMode::HALF_PIXEL;
    attributes.pads_begin = attributes.pads_end = {0, 0, 0, 0};
    return std::make_shared<op::Interpolate>(Build(node.inputs.at(0)), Floats({factors.values.size()}, factors.values),
                                             Int64s({2, 3}), attributes);
  }

  const TfjsGraph& graph_;
  std::shared_ptr<op::Parameter> input_;
  Value input_nchw_;
  std::unordered_map<std::string, Value> built_;
};

// The last convolution of a head, e.g. "StatefulPartitionedCall/center_0/conv2d_4/BiasAdd".
Result<std::string> FindHead(const TfjsGraph& graph, const std::string& head) {
  const std::string part = fmt::format("/{}_0/", head);
  for (const auto& [name, node] : graph.nodes) {
    if (node.op == "_FusedConv2D" && name.ends_with("/BiasAdd") && name.find(part) != std::string::npos) return name;
  }
  return MakeError(ErrorCode::kUnreadable, "The graph is not MoveNet MultiPose: it has no head '{}'.", head);
}

std::shared_ptr<op::Result> BuildHead(GraphBuilder& builder, const std::string& head, const std::string& node_name) {
  const Value nhwc = Transpose(builder.Build(node_name), {0, 2, 3, 1});
  nhwc.get_node_shared_ptr()->set_friendly_name(head);
  nhwc.get_tensor().set_names({head, node_name + ":0"});
  return std::make_shared<op::Result>(nhwc);
}

}  // namespace

Result<std::shared_ptr<ov::Model>> BuildMoveNetModel(const TfjsGraph& graph) {
  try {
    GraphBuilder builder(graph);
    ov::ResultVector results;
    for (const std::string head : kHeads) {
      const Result<std::string> node_name = FindHead(graph, head);
      if (!node_name) return node_name.error();
      results.push_back(BuildHead(builder, head, *node_name));
    }
    auto model = std::make_shared<ov::Model>(results, ov::ParameterVector{builder.input()}, "movenet_multipose");
    ov::pass::ConstantFolding().run_on_model(model);  // stores the kernels transposed
    return model;
  } catch (const std::exception& error) {
    return MakeError(ErrorCode::kUnreadable, "The graph is not MoveNet MultiPose: {}.", error.what());
  }
}

}  // namespace spotter::convert
