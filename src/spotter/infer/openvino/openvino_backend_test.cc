// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <openvino/runtime/auto/properties.hpp>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/infer/inference_backend.h"
#include "spotter/infer/openvino/openvino_model.h"

namespace spotter::infer {
namespace {

const std::filesystem::path kModels = std::filesystem::path(SPOTTER_SOURCE_DIR) / "build/deps/models";

class OpenVinoBackendTest : public ::testing::Test {
 protected:
  OpenVinoBackendTest() : backend_(CreateBackend({.device = Device::kCpu, .streams = 1}).value()) {}

  // Copies the detector (with or without its checksums) into a folder of the test's own.
  std::filesystem::path CopyModel(bool with_sums) {
    for (const char* name : {"movenet-multipose.xml", "movenet-multipose.bin", "SHA256SUMS"}) {
      if (with_sums || std::string(name) != "SHA256SUMS") {
        std::filesystem::copy_file(kModels / name, folder_ / name, std::filesystem::copy_options::overwrite_existing);
      }
    }
    return folder_ / "movenet-multipose.xml";
  }
  static bool HasModels() { return std::filesystem::exists(kModels / "movenet-multipose.xml"); }

  std::unique_ptr<InferenceBackend> backend_;
  const TempDir folder_;
};

TEST_F(OpenVinoBackendTest, NamesTheProcessorAndThePrecision) {
  EXPECT_NE(backend_->description().find("CPU ("), std::string::npos) << backend_->description();
}

TEST_F(OpenVinoBackendTest, AMissingNetworkSaysWhatToDo) {
  const auto model = backend_->Load({.path = "nowhere/net.xml"});
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(model.error().message.find("nowhere/net.xml"), std::string::npos);
  EXPECT_NE(model.error().message.find("make setup"), std::string::npos);
}

TEST_F(OpenVinoBackendTest, ADamagedNetworkIsAnErrorInOneLine) {
  for (const char* name : {"net.xml", "net.onnx", "net.tflite"}) {
    std::ofstream(folder_ / name) << "this is no network";
    const auto model = backend_->Load({.path = folder_ / name});
    ASSERT_FALSE(model.ok()) << name;
    EXPECT_EQ(model.error().code, ErrorCode::kUnreadable) << name;
    EXPECT_EQ(model.error().message.find('\n'), std::string::npos) << model.error().message;
  }
}

TEST_F(OpenVinoBackendTest, WeightsThatWereCutOffAreAnError) {
  if (!HasModels()) GTEST_SKIP() << "the networks are missing: run `make setup`";
  const auto path = CopyModel(false);
  std::filesystem::resize_file(std::filesystem::path(path).replace_extension(".bin"), 1000);
  const auto model = backend_->Load({.path = path, .height = 64, .width = 96});
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kUnreadable);
}

TEST_F(OpenVinoBackendTest, WeightsWithOneChangedByteAreAnError) {
  if (!HasModels()) GTEST_SKIP() << "the networks are missing: run `make setup`";
  const auto path = CopyModel(true);
  std::fstream weights(std::filesystem::path(path).replace_extension(".bin"),
                       std::ios::in | std::ios::out | std::ios::binary);
  weights.seekg(5000);
  const char byte = static_cast<char>(weights.get() ^ 1);
  weights.seekp(5000);
  weights.put(byte);
  weights.close();
  const auto model = backend_->Load({.path = path, .height = 64, .width = 96});
  ASSERT_FALSE(model.ok());
  EXPECT_NE(model.error().message.find("altered"), std::string::npos) << model.error().message;
}

TEST_F(OpenVinoBackendTest, TheInputTakesTheSizeThatTheFileLeavesOpen) {
  if (!HasModels()) GTEST_SKIP() << "the networks are missing: run `make setup`";
  const auto path = kModels / "movenet-multipose.xml";
  EXPECT_EQ(backend_->Inspect(path).value().height, 0);
  const auto model = backend_->Load({.path = path, .height = 96, .width = 128}).value();
  EXPECT_EQ(model->info().height, 96);
  EXPECT_EQ(model->info().width, 128);
  const int center = FindOutput(model->info().outputs, "center");
  ASSERT_GE(center, 0);
  EXPECT_EQ(model->info().outputs[center].shape, (Shape{1, 24, 32, 1}));
  const auto request = model->CreateRequest();
  EXPECT_EQ(request->input().size(), std::size_t{96} * 128 * 3);
  request->Start();
  ASSERT_TRUE(request->Wait().ok());
  EXPECT_EQ(request->output(center).values.size(), std::size_t{24} * 32);
  EXPECT_FALSE(backend_->Load({.path = path}).ok());  // left open by both
}

TEST_F(OpenVinoBackendTest, OnlyTheKeptOutputsAreThere) {
  if (!HasModels()) GTEST_SKIP() << "the networks are missing: run `make setup`";
  const auto path = kModels / "pose_landmark_lite.tflite";
  const auto model = backend_->Load({.path = path, .keep = {"Identity", "Identity_1"}}).value();
  EXPECT_EQ(model->info().outputs.size(), 2U);
  EXPECT_FALSE(backend_->Load({.path = path, .keep = {"Identity", "nothing"}}).ok());
}

TEST(EngineVersion, StartsWithTheYear) { EXPECT_TRUE(EngineVersion().starts_with("20")) << EngineVersion(); }

// The bits of two devices differ, so AUTO must not begin on the CPU nor change to it on the way.
TEST(MakeTarget, AutoStaysOnOneDevice) {
  const OpenVinoTarget target = MakeTarget("AUTO", {.precision = ov::element::f16, .streams = 1, .cache_dir = {}});
  EXPECT_FALSE(target.compile_options.at(ov::intel_auto::enable_startup_fallback.name()).as<bool>());
  EXPECT_FALSE(target.compile_options.at(ov::intel_auto::enable_runtime_fallback.name()).as<bool>());
}

TEST(MakeTarget, OpenVinoTakesTheOptionsOfAuto) {
  const auto path = kModels / "pose_landmark_lite.tflite";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the networks are missing: run `make setup`";
  ov::Core core;
  const auto model = LoadOpenVinoModel(
      core, {.path = path}, MakeTarget("AUTO", {.precision = ov::element::f32, .streams = 1, .cache_dir = {}}));
  ASSERT_TRUE(model.ok()) << model.error().message;
  const auto request = (*model)->CreateRequest();
  request->Start();
  EXPECT_TRUE(request->Wait().ok());
}

TEST(CreateBackend, ADeviceThatIsNotThereIsAnError) {
  const auto backend = CreateBackend({.device = Device::kNpu});
  if (backend.ok()) GTEST_SKIP() << "this machine has an NPU";
  EXPECT_EQ(backend.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(backend.error().message.find("--device cpu"), std::string::npos);
}

}  // namespace
}  // namespace spotter::infer
