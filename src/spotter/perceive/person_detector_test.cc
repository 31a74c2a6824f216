// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/person_detector.h"

#include <atomic>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "spotter/infer/fake/fake_backend.h"
#include "spotter/perceive/testing/movenet_heads.h"
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

// A MoveNet that knows no large bodies: in the picture of 512 x 288 it finds the two halves of somebody who fills it,
// in the one of its training's size that person, and in both somebody small.
class NetworkOfOneScale {
 public:
  NetworkOfOneScale() {
    infer::FakeModel model;
    model.info = testing::MoveNetHeads::Info(0, 0);
    model.stride = testing::MoveNetHeads::kStride;
    model.run = [this](std::span<const std::uint8_t>, int height, int width) {
      testing::MoveNetHeads heads(height / testing::MoveNetHeads::kStride, width / testing::MoveNetHeads::kStride);
      if (height == 288) {
        SeeHalves(heads);
      } else {
        SeePeople(heads);
      }
      return heads.Values();
    };
    backend_.Add("pose.xml", model);
    engine_ = PoseEngine::Create(backend_, {.detector_model = "pose.xml"}).value();
  }
  PoseEngine& engine() { return *engine_; }
  void ShowNobodyLarge() { has_large_ = false; }
  int looks() const { return looks_; }
  int second_looks() const { return second_looks_; }

 private:
  void SeeHalves(testing::MoveNetHeads& heads) {
    ++looks_;
    heads.AddPerson({400, 100, 430, 170}, 0.8F, {415, 135});
    if (!has_large_) return;
    heads.AddPerson({10, 20, 230, 140}, 0.5F, {120, 138});
    heads.AddPerson({10, 140, 230, 280}, 0.45F, {122, 142});
  }
  void SeePeople(testing::MoveNetHeads& heads) {
    ++second_looks_;
    heads.AddPerson({178, 44, 191, 76}, 0.85F, {184, 60});
    if (has_large_) heads.AddPerson({5, 8, 115, 125}, 0.9F, {54, 62});
  }

  std::atomic<int> looks_ = 0;
  std::atomic<int> second_looks_ = 0;
  std::atomic<bool> has_large_ = true;
  infer::FakeBackend backend_;
  std::unique_ptr<PoseEngine> engine_;
};

std::vector<Detection> Look(PersonDetector& detector, double at_s) {
  Frame frame = Grey(90);
  frame.pts = FromSeconds(at_s);
  EXPECT_TRUE(detector.Submit(frame).ok());
  return detector.Collect().value();
}

TEST(PersonDetector, SomebodyTooLargeForTheNetworkIsFoundWholeInASmallerPicture) {
  NetworkOfOneScale network;
  PersonDetector detector(network.engine());
  EXPECT_LT(Look(detector, 0).at(1).box.height(), 0.5F) << "the first look sees halves";
  const std::vector<Detection> people = Look(detector, 0.1);
  ASSERT_EQ(people.size(), 2U);
  EXPECT_NEAR(people[0].confidence, 0.9, 1e-6);
  EXPECT_GT(people[0].box.height(), 0.75F);
  EXPECT_NEAR(people[1].confidence, 0.8, 1e-6) << "the small one is found in the larger picture";
  EXPECT_NEAR(people[1].box.x0, 400 / 512.0, 0.02);
}

TEST(PersonDetector, LooksOnceOnlyWhenNobodyWasLargeForAWhile) {
  NetworkOfOneScale network;
  PersonDetector detector(network.engine());
  Look(detector, 0);
  EXPECT_EQ(network.second_looks(), 0);
  Look(detector, 0.1);
  EXPECT_EQ(network.second_looks(), 1);
  network.ShowNobodyLarge();
  Look(detector, 1.5);
  EXPECT_EQ(network.second_looks(), 2) << "who was there a moment ago may be in between";
  EXPECT_EQ(Look(detector, 4).size(), 1U);
  EXPECT_EQ(network.second_looks(), 2);
  EXPECT_EQ(network.looks(), 4);
}

}  // namespace
}  // namespace spotter::perceive
