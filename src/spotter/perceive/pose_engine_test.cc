// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/pose_engine.h"

#include <optional>

#include <gtest/gtest.h>

#include "spotter/infer/fake/fake_backend.h"
#include "spotter/perceive/person_detector.h"
#include "spotter/perceive/testing/movenet_heads.h"
#include "spotter/perceive/testing/painted_frame.h"

namespace spotter::perceive {
namespace {

constexpr Size kOpen{0, 0};

infer::FakeModel MoveNet(Size input) {
  return {.info = testing::MoveNetHeads::Info(input.height, input.width),
          .stride = testing::MoveNetHeads::kStride,
          .run = {}};
}

// The inputs of the looks at frames of 1280 x 720.
struct Inputs {
  Size full;
  std::optional<Size> training_size;
};

Inputs InputsOf(const infer::FakeModel& model, int pose_size = PoseEngineOptions{}.pose_size) {
  infer::FakeBackend backend;
  backend.Add("pose.xml", model);
  const auto engine = PoseEngine::Create(backend, {.detector_model = "pose.xml", .pose_size = pose_size}).value();
  const DetectorNetworks networks = engine->DetectorsFor({1280, 720}).value();
  Inputs inputs{networks.full->input, std::nullopt};
  if (networks.training_size) inputs.training_size = networks.training_size->input;
  return inputs;
}

TEST(PoseEngine, AMissingNetworkIsAnError) {
  infer::FakeBackend backend;
  const auto engine = PoseEngine::Create(backend, {.detector_model = "nowhere.xml"});
  ASSERT_FALSE(engine.ok());
  EXPECT_EQ(engine.error().code, ErrorCode::kUnavailable);
}

TEST(PoseEngine, TheSecondLookHasTheSizeOfTheTrainingWhateverThatOfTheFirst) {
  const Inputs usual = InputsOf(MoveNet(kOpen), 288);
  EXPECT_EQ(usual.full, (Size{512, 288}));
  EXPECT_EQ(usual.training_size, (Size{256, 128}));
  const Inputs large = InputsOf(MoveNet(kOpen), 576);
  EXPECT_EQ(large.full, (Size{1024, 576}));
  EXPECT_EQ(large.training_size, usual.training_size);
}

TEST(PoseEngine, ThereIsOneLookWhereASecondHasNothingToAdd) {
  EXPECT_FALSE(InputsOf(MoveNet(kOpen), 144).training_size) << "the first look has that size already";
  EXPECT_FALSE(InputsOf(MoveNet(kOpen), 150).training_size) << "the first look is as long already";
  EXPECT_FALSE(InputsOf(MoveNet({512, 288})).training_size) << "the input's size is fixed";
  const infer::FakeModel yolo{.info = {0, 0, {{{"output0"}, {1, 1, 57}}}}, .run = {}};
  EXPECT_FALSE(InputsOf(yolo).training_size) << "it finds people of every size";
}

// Compiles everything but the network of the second look.
class BackendOfLargeInputs : public infer::FakeBackend {
 public:
  Result<std::shared_ptr<infer::Model>> Load(const infer::ModelOptions& options) override {
    if (options.width < 512) return MakeError(ErrorCode::kUnavailable, "The device has no room for the network.");
    return FakeBackend::Load(options);
  }
};

TEST(PoseEngine, ASecondLookThatCannotBeCompiledIsAnErrorAtTheFirstFrame) {
  BackendOfLargeInputs backend;
  backend.Add("pose.xml", MoveNet(kOpen));
  const auto engine = PoseEngine::Create(backend, {.detector_model = "pose.xml"}).value();
  PersonDetector detector(*engine);
  const auto submitted = detector.Submit(testing::PaintedFrame(1280, 720, [](int, int) { return 90; }));
  ASSERT_FALSE(submitted.ok());
  EXPECT_EQ(submitted.error().message, "The device has no room for the network.");
  EXPECT_EQ(detector.in_flight(), 0U);
}

}  // namespace
}  // namespace spotter::perceive
