// SPDX-License-Identifier: Apache-2.0
// The real networks on a real frame, against tools/pose_golden/make_pose_golden.py (an independent Python of the same
// path).
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/media/decoder.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/frame_converter.h"
#include "spotter/perceive/person_detector.h"
#include "spotter/perceive/pose_refiner.h"

namespace spotter::perceive {
namespace {

const std::filesystem::path kSource = SPOTTER_SOURCE_DIR;
const std::filesystem::path kModels = kSource / "build/deps/models";

// Input 960 x 544: the sample's frames are not resized, so that only the networks and their decoding are compared.
constexpr int kUnscaled = 544;
const int kDefault = PoseEngineOptions{}.pose_size;

struct GoldenPerson {
  float confidence = 0;
  Box box;  // pixels, like everything here
  Pose pose;
  float presence = 0;
  Landmarks landmarks{};
  WorldLandmarks world{};
};

std::vector<GoldenPerson> ReadGolden(const std::filesystem::path& path) {
  std::vector<GoldenPerson> people;
  std::ifstream file(path);
  std::size_t joint = 0;
  std::size_t landmark = 0;
  std::size_t world = 0;
  for (std::string kind; file >> kind;) {
    if (kind == "person") {
      GoldenPerson& person = people.emplace_back();
      file >> person.confidence >> person.box.x0 >> person.box.y0 >> person.box.x1 >> person.box.y1;
      joint = landmark = world = 0;
    } else if (kind == "joint") {
      Keypoint& k = people.back().pose.keypoints.at(joint++);
      file >> k.x >> k.y >> k.confidence;
    } else if (kind == "refined") {
      file >> people.back().presence;
    } else if (kind == "landmark") {
      Landmark& l = people.back().landmarks.at(landmark++);
      file >> l.x >> l.y >> l.z >> l.confidence;
    } else if (kind == "world") {
      WorldPoint& w = people.back().world.at(world++);
      file >> w.x >> w.y >> w.z;
    }
  }
  return people;
}

Frame ReadFrame(const std::filesystem::path& video, int number) {
  media::IoWatch watch;
  auto demuxer = media::Demuxer::Open({.url = video.string()}, watch);
  SPOTTER_CHECK(demuxer.ok());
  auto decoder = media::Decoder::Create((*demuxer)->stream());
  SPOTTER_CHECK(decoder.ok());
  media::FrameConverter converter((*demuxer)->stream().orientation);
  for (int seen = 0;;) {
    auto packet = (*demuxer)->Read();
    SPOTTER_CHECK(packet.ok() && packet->has_value());
    (*decoder)->Send(**packet);
    while (auto picture = (*decoder)->Receive()) {
      if (seen++ == number) return converter.Convert(*picture).value();
    }
  }
}

class PoseGolden : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kModels / "movenet-multipose.xml"))
      GTEST_SKIP() << "the networks are missing: run `make setup`";
    golden_ = ReadGolden(kSource / "tests/golden/pose/multi_three_60.txt");
    ASSERT_EQ(golden_.size(), 3U);
    frame_ = ReadFrame(kSource / "samples/multi_three.mp4", 60);
  }

  std::unique_ptr<PoseEngine> MakeEngine(infer::Precision precision, int pose_size) {
    auto backend = infer::CreateBackend({.device = infer::Device::kCpu, .precision = precision, .streams = 1});
    SPOTTER_CHECK(backend.ok());
    backend_ = std::move(*backend);
    PoseEngineOptions options;
    options.detector_model = kModels / "movenet-multipose.xml";
    options.refiner_model = kModels / "pose_landmark_full.tflite";
    options.pose_size = pose_size;
    options.decoder.min_confidence = 0.3F;
    auto engine = PoseEngine::Create(*backend_, options);
    SPOTTER_CHECK(engine.ok());
    return std::move(*engine);
  }

  std::vector<Detection> Detect(PoseEngine& engine) const {
    PersonDetector detector(engine);
    SPOTTER_CHECK(detector.Submit(frame_).ok());
    return detector.Collect().value();
  }

  // A detection of the golden file as if it had been tracked.
  PerceivedPerson Tracked(std::size_t i) const {
    PerceivedPerson person;
    person.track_id = TrackId(static_cast<std::int64_t>(i) + 1);
    person.pose = golden_[i].pose;
    for (Keypoint& joint : person.pose.keypoints) {
      joint.x /= static_cast<float>(frame_.width);
      joint.y /= static_cast<float>(frame_.height);
    }
    return person;
  }

  std::vector<Detection>::const_iterator FindSame(const std::vector<Detection>& people, const Box& in_pixels) const {
    return std::find_if(people.begin(), people.end(), [&](const Detection& found) {
      const Box& b = found.box;
      const auto w = static_cast<float>(frame_.width);
      const auto h = static_cast<float>(frame_.height);
      return Iou({b.x0 * w, b.y0 * h, b.x1 * w, b.y1 * h}, in_pixels) > 0.7F;
    });
  }

  float PixelsApart(Point in_fractions, Point in_pixels) const {
    const Point pixels{in_fractions.x * static_cast<float>(frame_.width),
                       in_fractions.y * static_cast<float>(frame_.height)};
    return Distance(pixels, in_pixels);
  }

  std::vector<GoldenPerson> golden_;
  Frame frame_;
  std::unique_ptr<infer::InferenceBackend> backend_;
};

TEST_F(PoseGolden, DetectedJointsAndBoxesAreThoseOfTheReferenceWithinAPixel) {
  const auto engine = MakeEngine(infer::Precision::kF32, kUnscaled);
  const std::vector<Detection> people = Detect(*engine);
  ASSERT_EQ(people.size(), golden_.size());
  for (const GoldenPerson& expected : golden_) {
    const auto found = FindSame(people, expected.box);
    ASSERT_NE(found, people.end());
    EXPECT_NEAR(found->confidence, expected.confidence, 0.01);
    EXPECT_LT(PixelsApart({found->box.x0, found->box.y0}, {expected.box.x0, expected.box.y0}), 1);
    EXPECT_LT(PixelsApart({found->box.x1, found->box.y1}, {expected.box.x1, expected.box.y1}), 1);
    for (std::size_t j = 0; j < kKeypointCount; ++j) {
      const Keypoint& joint = found->pose.keypoints[j];
      EXPECT_LT(PixelsApart(joint.point(), expected.pose.keypoints[j].point()), 1) << "joint " << j;
      EXPECT_NEAR(joint.confidence, expected.pose.keypoints[j].confidence, 0.01) << "joint " << j;
    }
  }
}

TEST_F(PoseGolden, RefinedLandmarksAreThoseOfTheReferenceWithinAPixel) {
  const auto engine = MakeEngine(infer::Precision::kF32, kUnscaled);
  PoseRefiner refiner(*engine, {});
  refiner.Submit(frame_, {Tracked(0), Tracked(1), Tracked(2)});
  const auto people = refiner.Collect().value();
  ASSERT_EQ(people.size(), 3U);
  for (std::size_t i = 0; i < people.size(); ++i) {
    ASSERT_TRUE(people[i].landmarks.has_value());
    ASSERT_TRUE(people[i].world_landmarks.has_value());
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      const Landmark& landmark = (*people[i].landmarks)[l];
      const Landmark& expected = golden_[i].landmarks[l];
      // Where even the reference sees nothing, its guess moves with the last bit.
      if (expected.confidence < 0.3F) continue;
      EXPECT_LT(PixelsApart({landmark.x, landmark.y}, {expected.x, expected.y}), 1)
          << "person " << i << " landmark " << l;
      const WorldPoint& world = (*people[i].world_landmarks)[l];
      EXPECT_NEAR(world.x, golden_[i].world[l].x, 0.02) << "person " << i << " landmark " << l;
      EXPECT_NEAR(world.y, golden_[i].world[l].y, 0.02) << "person " << i << " landmark " << l;
      EXPECT_NEAR(world.z, golden_[i].world[l].z, 0.03) << "person " << i << " landmark " << l;
    }
  }
}

// As users run it: a small input, bf16 where the processor has it.
TEST_F(PoseGolden, TheDefaultsFindTheSamePeople) {
  const auto engine = MakeEngine(infer::Precision::kAuto, kDefault);
  const std::vector<Detection> people = Detect(*engine);
  ASSERT_EQ(people.size(), golden_.size());
  for (const GoldenPerson& expected : golden_) EXPECT_NE(FindSame(people, expected.box), people.end());
}

TEST_F(PoseGolden, TimingDoesNotChangeABit) {
  const auto engine = MakeEngine(infer::Precision::kAuto, kDefault);
  const std::vector<Detection> alone = Detect(*engine);
  PersonDetector crowded(*engine);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(crowded.Submit(frame_).ok());
  for (int i = 0; i < 5; ++i) {
    const auto people = crowded.Collect().value();
    ASSERT_EQ(people.size(), alone.size());
    for (std::size_t p = 0; p < people.size(); ++p) {
      EXPECT_EQ(people[p].pose, alone[p].pose);
      EXPECT_EQ(people[p].box, alone[p].box);
      EXPECT_EQ(people[p].confidence, alone[p].confidence);
    }
  }
}

}  // namespace
}  // namespace spotter::perceive
