// SPDX-License-Identifier: Apache-2.0
// A user's own network by path: small ONNX files with the outputs of YOLO-pose and RTMO, written here byte by byte
// (protobuf, https://onnx.ai/onnx/repo-docs/IR.html), so that reading, feeding and decoding are tested together.
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/perceive/person_detector.h"
#include "spotter/perceive/testing/painted_frame.h"

namespace spotter::perceive {
namespace {

// A protobuf message under construction.
class Message {
 public:
  Message& Int(int field, std::uint64_t value) {
    Varint(static_cast<std::uint64_t>(field) << 3);
    Varint(value);
    return *this;
  }
  Message& Bytes(int field, const std::string& value) {
    Varint(static_cast<std::uint64_t>(field) << 3 | 2);
    Varint(value.size());
    bytes_ += value;
    return *this;
  }
  Message& Add(int field, const Message& value) { return Bytes(field, value.bytes_); }
  const std::string& bytes() const { return bytes_; }

 private:
  void Varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }
  std::string bytes_;
};

struct Table {
  std::string name;
  std::vector<int> shape;
  std::vector<float> values;
};

constexpr int kFloat = 1;  // ONNX's number for f32

Message Initializer(const Table& table) {
  Message tensor;
  for (const int size : table.shape) tensor.Int(1, static_cast<std::uint64_t>(size));
  std::string raw(table.values.size() * sizeof(float), '\0');
  std::memcpy(raw.data(), table.values.data(), raw.size());
  return tensor.Int(2, kFloat).Bytes(8, table.name).Bytes(9, raw);
}

Message Value(const std::string& name, const std::vector<int>& shape) {
  Message dims;
  for (const int size : shape) dims.Add(1, Message().Int(1, static_cast<std::uint64_t>(size)));
  const Message tensor = Message().Int(1, kFloat).Add(2, dims);
  return Message().Bytes(1, name).Add(2, Message().Add(1, tensor));
}

Message Node(const std::string& op, const std::vector<std::string>& inputs, const std::string& output) {
  Message node;
  for (const auto& input : inputs) node.Bytes(1, input);
  return node.Bytes(2, output).Bytes(4, op);
}

Message MeanOverPixels(const std::string& input, const std::string& output) {
  constexpr int kIntList = 7;
  constexpr int kOneInt = 2;
  const Message axes = Message().Bytes(1, "axes").Int(8, 2).Int(8, 3).Int(20, kIntList);
  const Message keep = Message().Bytes(1, "keepdims").Int(3, 0).Int(20, kOneInt);
  return Node("ReduceMean", {input}, output).Add(5, axes).Add(5, keep);
}

constexpr int kSide = 64;  // of the network's input

// A network that says each of `tables`, to whose first it adds the mean of the picture's first channel wherever the
// table `lit` (of the same shape) is 1.
std::string TinyOnnx(std::vector<Table> tables, const Table& lit) {
  Message graph;
  graph.Add(1, MeanOverPixels("images", "means"));
  graph.Add(1, Node("MatMul", {"means", "first"}, "mean"));
  graph.Add(1, Node("Mul", {"lit", "mean"}, "light"));
  graph.Bytes(2, "tiny");
  graph.Add(5, Initializer({"first", {3, 1}, {1, 0, 0}}));
  graph.Add(5, Initializer({"lit", lit.shape, lit.values}));
  for (std::size_t i = 0; i < tables.size(); ++i) {
    Table constant = tables[i];
    constant.name += "_constant";
    graph.Add(5, Initializer(constant));
    graph.Add(1, i == 0 ? Node("Add", {constant.name, "light"}, tables[i].name)
                        : Node("Identity", {constant.name}, tables[i].name));
    graph.Add(12, Value(tables[i].name, tables[i].shape));
  }
  graph.Add(11, Value("images", {1, 3, kSide, kSide}));
  return Message().Int(1, 8).Add(7, graph).Add(8, Message().Bytes(1, "").Int(2, 13)).bytes();
}

// Somebody around (x, y) of the input, 20 wide and 40 high, whose joint j is at (x + j, y - j).
struct Somebody {
  float x = 0;
  float y = 0;
};

std::vector<float> JointsOf(const Somebody& somebody) {
  std::vector<float> values;
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    const auto step = static_cast<float>(j);
    values.insert(values.end(), {somebody.x + step, somebody.y - step, 0.75F});
  }
  return values;
}

class OnnxDetector : public ::testing::Test {
 protected:
  Result<std::vector<Detection>> Detect(const std::string& onnx, const Frame& frame) {
    std::ofstream(path_, std::ios::binary) << onnx;
    auto backend =
        infer::CreateBackend({.device = infer::Device::kCpu, .precision = infer::Precision::kF32, .streams = 1});
    if (!backend.ok()) return backend.error();
    auto engine = PoseEngine::Create(**backend, {.detector_model = path_});
    if (!engine.ok()) return engine.error();
    PersonDetector detector(**engine);
    if (auto submitted = detector.Submit(frame); !submitted.ok()) return submitted.error();
    return detector.Collect();
  }

  static void ExpectSomebody(const Detection& found, const Somebody& somebody) {
    EXPECT_NEAR(found.box.x0 * kSide, somebody.x - 10, 0.01);
    EXPECT_NEAR(found.box.y0 * kSide, somebody.y - 20, 0.01);
    EXPECT_NEAR(found.box.x1 * kSide, somebody.x + 10, 0.01);
    EXPECT_NEAR(found.box.y1 * kSide, somebody.y + 20, 0.01);
    const Keypoint wrist = found.pose[KeypointId::kRightWrist];
    EXPECT_NEAR(wrist.x * kSide, somebody.x + 10, 0.01);
    EXPECT_NEAR(wrist.y * kSide, somebody.y - 10, 0.01);
    EXPECT_FLOAT_EQ(wrist.confidence, 0.75F);
  }

  const TempDir folder_;
  const std::filesystem::path path_ = folder_ / "tiny.onnx";
};

// Half grey everywhere: a confidence of 0.1 rises to 0.6 when bytes arrive as fractions.
Frame HalfGrey() {
  return testing::PaintedFrame(kSide, kSide, [](int, int) { return 128; });
}

TEST_F(OnnxDetector, YoloColumnsAreDecodedAndDuplicatesRemoved) {
  constexpr int kCandidates = 4;
  const std::vector<Somebody> people = {{20, 30}, {20.5F, 30}, {50, 30}, {5, 5}};
  Table table{"output0", {1, 56, kCandidates}, std::vector<float>(56 * kCandidates)};
  Table lit = table;
  const std::vector<float> confidence = {0.4F, 0.3F, 0.1F, -1};
  for (int n = 0; n < kCandidates; ++n) {
    std::vector<float> column = {people[n].x, people[n].y, 20, 40, confidence[n]};
    const auto joints = JointsOf(people[n]);
    column.insert(column.end(), joints.begin(), joints.end());
    for (int k = 0; k < 56; ++k) table.values[k * kCandidates + n] = column[k];
    lit.values[4 * kCandidates + n] = 1;
  }
  const auto found = Detect(TinyOnnx({table}, lit), HalfGrey());
  ASSERT_TRUE(found.ok()) << found.error().message;
  ASSERT_EQ(found->size(), 2U);
  ExpectSomebody((*found)[0], people[0]);
  EXPECT_NEAR((*found)[0].confidence, 0.4 + 128 / 255.0, 1e-3);
  ExpectSomebody((*found)[1], people[2]);
}

TEST_F(OnnxDetector, YoloEndToEndRowsAreDecoded) {
  const Somebody somebody{30, 32};
  Table table{"output0", {1, 2, 57}, {somebody.x - 10, somebody.y - 20, somebody.x + 10, somebody.y + 20, 0.2F, 0}};
  const auto joints = JointsOf(somebody);
  table.values.insert(table.values.end(), joints.begin(), joints.end());
  table.values.resize(std::size_t{2} * 57, -1);  // the second row is empty: confidence -1
  Table lit{"", {1, 2, 57}, std::vector<float>(std::size_t{2} * 57)};
  lit.values[4] = 1;
  const auto found = Detect(TinyOnnx({table}, lit), HalfGrey());
  ASSERT_TRUE(found.ok()) << found.error().message;
  ASSERT_EQ(found->size(), 1U);
  ExpectSomebody((*found)[0], somebody);
  EXPECT_NEAR((*found)[0].confidence, 0.2 + 128 / 255.0, 1e-3);
}

TEST_F(OnnxDetector, RtmoIsFedBlueFirstAndDecoded) {
  const Somebody somebody{30, 32};
  const Table boxes{"dets", {1, 1, 5}, {somebody.x - 10, somebody.y - 20, somebody.x + 10, somebody.y + 20, 0.5F}};
  const Table joints{"keypoints", {1, 1, 17, 3}, JointsOf(somebody)};
  // Rec. 601, full range: pure blue. Its first channel is 255 only when blue comes first; the confidence then rises by
  // a thousandth of that.
  const Frame blue = testing::PaintedFrame(kSide, kSide, [](int, int) { return 29; }, {255, 107});
  const Table lit{"", {1, 1, 5}, {0, 0, 0, 0, 0.001F}};
  const auto found = Detect(TinyOnnx({boxes, joints}, lit), blue);
  ASSERT_TRUE(found.ok()) << found.error().message;
  ASSERT_EQ(found->size(), 1U);
  ExpectSomebody((*found)[0], somebody);
  EXPECT_NEAR((*found)[0].confidence, 0.5 + 0.255, 0.003);
}

TEST_F(OnnxDetector, AFrameOfAnotherShapeIsLetterboxed) {
  const Somebody somebody{30, 16};
  Table table{"output0", {1, 1, 57}, {somebody.x - 10, somebody.y - 8, somebody.x + 10, somebody.y + 8, 0.9F, 0}};
  const auto joints = JointsOf(somebody);
  table.values.insert(table.values.end(), joints.begin(), joints.end());
  const Table lit{"", {1, 1, 57}, std::vector<float>(57)};
  const Frame wide = testing::PaintedFrame(640, 320, [](int, int) { return 128; });
  const auto found = Detect(TinyOnnx({table}, lit), wide);
  ASSERT_TRUE(found.ok()) << found.error().message;
  ASSERT_EQ(found->size(), 1U);
  EXPECT_NEAR((*found)[0].box.x0, 20.0 / 64, 1e-4);
  EXPECT_NEAR((*found)[0].box.y0, 8.0 / 32, 1e-4);  // the picture is 64 x 32 of the 64 x 64 input
}

TEST_F(OnnxDetector, UnknownOutputsAreAClearError) {
  const Table table{"logits", {1, 10}, std::vector<float>(10)};
  const auto found = Detect(TinyOnnx({table}, {"", {1, 10}, std::vector<float>(10)}), HalfGrey());
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, ErrorCode::kInvalidArgument);
  EXPECT_NE(found.error().message.find("logits [1,10]"), std::string::npos) << found.error().message;
}

}  // namespace
}  // namespace spotter::perceive
