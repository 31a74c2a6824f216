// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/person_detector.h"

#include <atomic>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "spotter/infer/fake/fake_backend.h"
#include "spotter/perceive/testing/painted_frame.h"

namespace spotter::perceive {
namespace {

// A network that finds one person whose x is the brightness of the picture, in a time that gets shorter from call to
// call, so that later requests would finish first.
class BrightnessNetwork {
 public:
  BrightnessNetwork() {
    infer::FakeModel model;
    model.info = {0, 0, {{{"output0"}, {1, 1, 57}}}};
    model.run = [this](std::span<const std::uint8_t> rgb, int, int) {
      std::this_thread::sleep_for(std::chrono::milliseconds(std::max(0, 20 - 5 * calls_++)));
      std::vector<float> row(57);
      row[0] = rgb[0];
      row[2] = static_cast<float>(rgb[0]) + 10;
      row[3] = 10;
      row[4] = 0.9F;
      return std::vector<std::vector<float>>{row};
    };
    backend_.Add("pose.onnx", model);
    engine_ = PoseEngine::Create(backend_, {.detector_model = "pose.onnx"}).value();
  }
  PoseEngine& engine() { return *engine_; }

 private:
  std::atomic<int> calls_ = 0;
  infer::FakeBackend backend_;
  std::unique_ptr<PoseEngine> engine_;
};

Frame Grey(int brightness) {
  return testing::PaintedFrame(512, 288, [=](int, int) { return brightness; });
}

int BrightnessOf(const Result<std::vector<Detection>>& people) {
  return static_cast<int>(std::lround(people.value().at(0).box.x0 * 512));
}

TEST(PersonDetector, ResultsComeInTheOrderOfTheFrames) {
  BrightnessNetwork network;
  PersonDetector detector(network.engine());
  for (int i = 1; i <= 4; ++i) ASSERT_TRUE(detector.Submit(Grey(40 * i)).ok());
  EXPECT_EQ(detector.in_flight(), 4U);
  for (int i = 1; i <= 4; ++i) EXPECT_EQ(BrightnessOf(detector.Collect()), 40 * i);
}

TEST(PersonDetector, MoreFramesInFlightThanTheNetworkHasRequestsStillWork) {
  BrightnessNetwork network;
  PersonDetector detector(network.engine());
  for (int i = 1; i <= 20; ++i) ASSERT_TRUE(detector.Submit(Grey(10 * i)).ok());
  for (int i = 1; i <= 20; ++i) EXPECT_EQ(BrightnessOf(detector.Collect()), 10 * i);
}

TEST(PersonDetector, SourcesThatShareANetworkNeverBlockEachOtherForEver) {
  BrightnessNetwork network;
  std::vector<std::thread> sources;
  sources.reserve(6);
  std::atomic<int> right = 0;
  for (int source = 0; source < 6; ++source) {
    sources.emplace_back([&, source] {
      PersonDetector detector(network.engine());
      constexpr int kFrames = 15;
      int next = 0;
      for (int i = 0; i < kFrames; ++i) {
        ASSERT_TRUE(detector.Submit(Grey(20 * (source + 1) + i)).ok());
        while (detector.in_flight() > (i + 1 < kFrames ? 2U : 0U)) {
          right += BrightnessOf(detector.Collect()) == 20 * (source + 1) + next++;
        }
      }
    });
  }
  for (auto& source : sources) source.join();
  EXPECT_EQ(right, 6 * 15);
}

TEST(PersonDetector, MayEndWithFramesInFlight) {
  BrightnessNetwork network;
  {
    PersonDetector detector(network.engine());
    ASSERT_TRUE(detector.Submit(Grey(50)).ok());
  }
  PersonDetector next(network.engine());
  ASSERT_TRUE(next.Submit(Grey(60)).ok());
  EXPECT_EQ(BrightnessOf(next.Collect()), 60);
}

TEST(PoseEngine, AMissingNetworkIsAnError) {
  infer::FakeBackend backend;
  const auto engine = PoseEngine::Create(backend, {.detector_model = "nowhere.xml"});
  ASSERT_FALSE(engine.ok());
  EXPECT_EQ(engine.error().code, ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace spotter::perceive
