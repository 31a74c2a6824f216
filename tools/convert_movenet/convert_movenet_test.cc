// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openvino/runtime/core.hpp>

#include "movenet_model.h"
#include "spotter/base/testing/temp_dir.h"
#include "tfjs_graph.h"

namespace spotter::convert {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

// Writes small TFJS graph models: a chain of operations from the image to the node "features", then six 1x1 head
// convolutions.
class ConvertMoveNetTest : public testing::Test {
 protected:
  void SetUp() override {
    nodes_.push_back({{"name", "input"}, {"op", "Placeholder"}});
    nodes_.push_back({{"name", "cast"}, {"op", "Cast"}, {"input", {"input"}}});
  }

  void AddNode(const std::string& name,
               const std::string& op,
               const std::vector<std::string>& inputs,
               json attr = json::object()) {
    nodes_.push_back({{"name", name}, {"op", op}, {"input", inputs}, {"attr", std::move(attr)}});
  }

  void AddWeight(const std::string& name, const std::vector<size_t>& shape, const std::vector<float>& values) {
    nodes_.push_back({{"name", name}, {"op", "Const"}});
    weights_.push_back({{"name", name}, {"shape", shape}, {"dtype", "float32"}});
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
  }

  static json Convolution(int stride, const std::vector<std::string>& fused_base64) {
    const std::string s = std::to_string(stride);
    return {{"strides", {{"list", {{"i", {"1", s, s, "1"}}}}}},
            {"padding", {{"s", "U0FNRQ=="}}},  // SAME
            {"fused_ops", {{"list", {{"s", fused_base64}}}}}};
  }

  // A head passes channel 0 of "features" on to its single output.
  void AddHeads(const std::string& features, size_t channels) {
    std::vector<float> first_channel(channels, 0.0F);
    first_channel[0] = 1.0F;
    for (const char* head : {"center", "kpt_heatmap", "kpt_offset", "kpt_regress", "box_scale", "box_offset"}) {
      const std::string scope = std::string("Call/") + head + "_0/conv2d/";
      AddWeight(scope + "kernel", {1, 1, channels, 1}, first_channel);
      AddWeight(scope + "bias", {1}, {0.0F});
      AddNode(scope + "BiasAdd", "_FusedConv2D", {features, scope + "kernel", scope + "bias"},
              Convolution(1, {"Qmlhc0FkZA=="}));
    }
  }

  std::filesystem::path Write() const {
    const json model = {{"modelTopology", {{"node", nodes_}}},
                        {"weightsManifest", {{{"paths", {"w.bin"}}, {"weights", weights_}}}}};
    std::ofstream(folder_ / "w.bin", std::ios::binary) << bytes_;
    std::ofstream(folder_ / "model.json") << model.dump();
    return folder_ / "model.json";
  }

  // The output "center" for an image of the given height and width, values row by row, three channels each.
  std::vector<float> Center(size_t height, size_t width, std::vector<float> image) const {
    const Result<TfjsGraph> graph = ReadTfjsGraph(Write());
    EXPECT_TRUE(graph.ok()) << (graph.ok() ? "" : graph.error().message);
    const Result<std::shared_ptr<ov::Model>> model = BuildMoveNetModel(*graph);
    EXPECT_TRUE(model.ok()) << (model.ok() ? "" : model.error().message);
    (*model)->reshape({1, static_cast<int64_t>(height), static_cast<int64_t>(width), 3});
    ov::Core core;
    auto request =
        core.compile_model(*model, "CPU", {ov::hint::inference_precision(ov::element::f32)}).create_infer_request();
    request.set_input_tensor(ov::Tensor(ov::element::f32, {1, height, width, 3}, image.data()));
    request.infer();
    const ov::Tensor out = request.get_tensor("center");
    return {out.data<float>(), out.data<float>() + out.get_size()};
  }

  std::string BuildError() const {
    const Result<TfjsGraph> graph = ReadTfjsGraph(Write());
    if (!graph) return graph.error().message;
    const Result<std::shared_ptr<ov::Model>> model = BuildMoveNetModel(*graph);
    return model ? "" : model.error().message;
  }

  const TempDir folder_;
  json nodes_ = json::array();
  json weights_ = json::array();
  std::string bytes_;
};

std::vector<float> Grey(const std::vector<float>& values) {
  std::vector<float> image;
  for (const float value : values) image.insert(image.end(), 3, value);
  return image;
}

// A converter that loses the scalar "- 1" shifts what the network sees by half its range and costs accuracy without any
// error.
TEST_F(ConvertMoveNetTest, NormalisationKeepsScalarAndPerChannelConstants) {
  AddWeight("mean", {1, 1, 1, 3}, {10, 0, 0});
  AddWeight("scale", {1, 1, 1, 3}, {0.5F, 1, 1});
  AddWeight("one", {}, {1});
  AddNode("sub", "Sub", {"cast", "mean"});
  AddNode("mul", "Mul", {"sub", "scale"});
  AddNode("sub_1", "Sub", {"mul", "one"});
  AddHeads("sub_1", 3);
  EXPECT_THAT(Center(1, 2, Grey({10, 30})), ElementsAre(-1, 9));
}

TEST_F(ConvertMoveNetTest, FusedConvolutionAddsBiasThenClampsAtSix) {
  AddWeight("kernel", {1, 1, 3, 1}, {1, 1, 1});
  AddWeight("bias", {1}, {-3});
  AddNode("conv", "_FusedConv2D", {"cast", "kernel", "bias"}, Convolution(1, {"Qmlhc0FkZA==", "UmVsdTY="}));
  AddHeads("conv", 1);
  EXPECT_THAT(Center(1, 3, Grey({0, 2, 9})), ElementsAre(0, 3, 6));
}

// TensorFlow pads an even size with stride 2 at the right only: the windows start at 0 and 2.
TEST_F(ConvertMoveNetTest, StridedSamePaddingIsAtTheLowerRight) {
  AddWeight("kernel", {1, 3, 3, 1}, {1, 0, 0, 10, 0, 0, 100, 0, 0});
  AddWeight("bias", {1}, {0});
  AddNode("conv", "_FusedConv2D", {"cast", "kernel", "bias"}, Convolution(2, {"Qmlhc0FkZA=="}));
  AddHeads("conv", 1);
  EXPECT_THAT(Center(1, 4, Grey({1, 2, 3, 4})), ElementsAre(321, 43));
}

TEST_F(ConvertMoveNetTest, DepthwiseConvolutionKeepsChannelsApart) {
  AddWeight("kernel", {1, 1, 3, 1}, {2, 30, 500});
  AddNode("depthwise", "DepthwiseConv2dNative", {"cast", "kernel"}, Convolution(1, {}));
  AddHeads("depthwise", 3);
  EXPECT_THAT(Center(1, 1, {7, 8, 9}), ElementsAre(14));
}

TEST_F(ConvertMoveNetTest, UpsamplingDoublesWithHalfPixelCenters) {
  AddWeight("factors", {2}, {2, 2});
  AddNode("size", "Mul", {"unused", "factors"});
  AddNode("up", "ResizeBilinear", {"cast", "size"}, {{"half_pixel_centers", {{"b", true}}}});
  AddHeads("up", 3);
  EXPECT_THAT(Center(1, 2, Grey({0, 4})), ElementsAre(0, 1, 3, 4, 0, 1, 3, 4));
}

TEST_F(ConvertMoveNetTest, HalfPrecisionWeightsAreRead) {
  AddHeads("cast", 3);
  weights_[1]["quantization"] = {{"dtype", "float16"}, {"original_dtype", "float32"}};  // the bias of "center"
  const uint16_t one_and_a_half = 0x3E00;
  bytes_.replace(3 * sizeof(float), sizeof(float), reinterpret_cast<const char*>(&one_and_a_half),
                 sizeof(one_and_a_half));
  EXPECT_THAT(Center(1, 1, Grey({2})), ElementsAre(3.5F));
}

TEST_F(ConvertMoveNetTest, OutputsAreNamedByHead) {
  AddHeads("cast", 3);
  const Result<TfjsGraph> graph = ReadTfjsGraph(Write());
  ASSERT_TRUE(graph.ok());
  const Result<std::shared_ptr<ov::Model>> model = BuildMoveNetModel(*graph);
  ASSERT_TRUE(model.ok());
  for (const char* head : {"center", "kpt_heatmap", "kpt_offset", "kpt_regress", "box_scale", "box_offset"}) {
    EXPECT_NO_THROW((*model)->output(head)) << head;
  }
}

TEST_F(ConvertMoveNetTest, AnotherGraphIsRefusedByName) {
  AddNode("conv", "Softmax", {"cast"});
  EXPECT_THAT(BuildError(), HasSubstr("it has no head 'center'"));
}

TEST_F(ConvertMoveNetTest, UnknownOperationIsNamed) {
  AddNode("soft", "Softmax", {"cast"});
  AddHeads("soft", 3);
  EXPECT_THAT(BuildError(), HasSubstr("operation Softmax ('soft')"));
}

TEST_F(ConvertMoveNetTest, ShortWeightFileIsReported) {
  AddHeads("cast", 3);
  bytes_.pop_back();
  EXPECT_THAT(BuildError(), HasSubstr("the weight files are too short"));
}

TEST_F(ConvertMoveNetTest, MissingAndBrokenFilesAreReported) {
  EXPECT_THAT(ReadTfjsGraph(folder_ / "nothing.json").error().message, HasSubstr("There is no model file"));
  std::ofstream(folder_ / "broken.json") << "{\"modelTopology\":";
  EXPECT_THAT(ReadTfjsGraph(folder_ / "broken.json").error().message,
              HasSubstr("not a readable TensorFlow.js graph model"));
}

}  // namespace
}  // namespace spotter::convert
