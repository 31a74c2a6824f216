// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/pose_refiner.h"

#include <chrono>

#include <gtest/gtest.h>

#include "spotter/infer/fake/fake_backend.h"
#include "spotter/perceive/testing/painted_frame.h"

namespace spotter::perceive {
namespace {

using namespace std::chrono_literals;

constexpr int kWidth = 400;
constexpr int kHeight = 300;
constexpr int kSide = 256;
constexpr float kHalf = 0.5F * kSide;

// Somebody standing upright around (x, 150), 200 pixels high, in pixels: hips at y = 150, shoulders at y = 90.
Pose Standing(float x) {
  Pose pose;
  const auto set = [&](KeypointId id, float dx, float y) { pose[id] = {x + dx, y, 0.8F}; };
  for (const auto id :
       {KeypointId::kNose, KeypointId::kLeftEye, KeypointId::kRightEye, KeypointId::kLeftEar, KeypointId::kRightEar}) {
    set(id, 0, 60);
  }
  set(KeypointId::kLeftShoulder, 20, 90);
  set(KeypointId::kRightShoulder, -20, 90);
  set(KeypointId::kLeftElbow, 25, 120);
  set(KeypointId::kRightElbow, -25, 120);
  set(KeypointId::kLeftWrist, 25, 150);
  set(KeypointId::kRightWrist, -25, 150);
  set(KeypointId::kLeftHip, 12, 150);
  set(KeypointId::kRightHip, -12, 150);
  set(KeypointId::kLeftKnee, 12, 200);
  set(KeypointId::kRightKnee, -12, 200);
  set(KeypointId::kLeftAnkle, 12, 250);
  set(KeypointId::kRightAnkle, -12, 250);
  return pose;
}

PerceivedPerson Person(std::int64_t id, Pose in_pixels) {
  PerceivedPerson person;
  person.track_id = TrackId(id);
  person.pose = in_pixels;
  for (Keypoint& joint : person.pose.keypoints) {
    joint.x /= kWidth;
    joint.y /= kHeight;
  }
  return person;
}

// A network that always answers with the same pose, in crop pixels.
struct Answer {
  Pose pose_in_crop;
  float presence = 0.95F;
};

class PoseRefinerTest : public ::testing::Test {
 protected:
  // The pose that the network says is `pose_in_pixels`, seen in the crop around `around_in_pixels`.
  void Answer(const Pose& pose_in_pixels, const Pose& around_in_pixels, float presence = 0.95F) {
    const CropRegion region = RegionAround(around_in_pixels);
    landmarks_.assign(195, 0);
    for (std::size_t j = 0; j < kKeypointCount; ++j) {
      // The torso is upright here, so the crop is not turned.
      float* landmark = landmarks_.data() + 5 * kLandmarkOfKeypoint[j];
      landmark[0] = (pose_in_pixels.keypoints[j].x - region.center.x) / region.radius * kHalf + kHalf;
      landmark[1] = (pose_in_pixels.keypoints[j].y - region.center.y) / region.radius * kHalf + kHalf;
      landmark[3] = 5;  // visible
    }
    presence_ = presence;
  }

  PoseEngine& Engine() {
    if (engine_) return *engine_;
    backend_.Add("pose.onnx", {.info = {0, 0, {{{"output0"}, {1, 1, 57}}}}, .run = {}});
    infer::FakeModel refiner;
    refiner.info = {kSide,
                    kSide,
                    {{{"Identity"}, {1, 195}},
                     {{"Identity_1"}, {1, 1}},
                     {{"Identity_3"}, {1, 64, 64, 39}},
                     {{"Identity_4"}, {1, 117}}}};
    refiner.run = [this](auto, int, int) {
      return std::vector<std::vector<float>>{
          landmarks_, {presence_}, std::vector<float>(64 * 64 * 39, -9), std::vector<float>(117, 0.5F)};
    };
    backend_.Add("refiner.tflite", refiner);
    engine_ = PoseEngine::Create(backend_, {.detector_model = "pose.onnx", .refiner_model = "refiner.tflite"}).value();
    return *engine_;
  }

  static Frame FrameAt(std::chrono::milliseconds pts) {
    Frame frame = testing::PaintedFrame(kWidth, kHeight, [](int, int) { return 100; });
    frame.pts = pts;
    return frame;
  }

  static PerceivedPerson Refined(PoseRefiner& refiner, std::chrono::milliseconds pts, const PerceivedPerson& person) {
    refiner.Submit(FrameAt(pts), {person});
    return refiner.Collect().value().at(0);
  }

  static void ExpectAt(const Keypoint& joint, Point in_pixels) {
    EXPECT_NEAR(joint.x * kWidth, in_pixels.x, 0.1);
    EXPECT_NEAR(joint.y * kHeight, in_pixels.y, 0.1);
  }

  std::vector<float> landmarks_;
  float presence_ = 0.95F;
  infer::FakeBackend backend_;
  std::unique_ptr<PoseEngine> engine_;
};

TEST_F(PoseRefinerTest, TheRefinedPoseComesBackInFrameFractionsWithLandmarks) {
  const Pose rough = Standing(200);
  Pose exact = rough;
  exact[KeypointId::kLeftWrist].x += 4;
  Answer(exact, rough);
  PoseRefiner refiner(Engine(), {});
  const PerceivedPerson person = Refined(refiner, 0ms, Person(1, rough));
  ExpectAt(person.pose[KeypointId::kLeftWrist], {229, 150});
  ASSERT_TRUE(person.landmarks.has_value());
  EXPECT_NEAR((*person.landmarks)[15].x * kWidth, 229, 0.1);
  ASSERT_TRUE(person.world_landmarks.has_value());
  EXPECT_NEAR((*person.world_landmarks)[0].z, 0.5, 1e-6);
}

TEST_F(PoseRefinerTest, ACropWithoutAPersonChangesNothing) {
  const Pose rough = Standing(200);
  Pose exact = rough;
  exact[KeypointId::kLeftWrist].x += 4;
  Answer(exact, rough, 0.2F);
  PoseRefiner refiner(Engine(), {});
  const PerceivedPerson person = Refined(refiner, 0ms, Person(1, rough));
  EXPECT_EQ(person, Person(1, rough));
}

TEST_F(PoseRefinerTest, ARefinementThatSeesSomebodyElseIsRefused) {
  const Pose rough = Standing(200);
  Answer(Standing(270), rough);
  PoseRefiner refiner(Engine(), {});
  EXPECT_EQ(Refined(refiner, 0ms, Person(1, rough)), Person(1, rough));
}

TEST_F(PoseRefinerTest, LeftTakenForRightIsPutRight) {
  const Pose exact = Standing(200);
  Pose rough = exact;
  std::swap(rough[KeypointId::kLeftWrist], rough[KeypointId::kRightWrist]);
  std::swap(rough[KeypointId::kLeftElbow], rough[KeypointId::kRightElbow]);
  std::swap(rough[KeypointId::kLeftShoulder], rough[KeypointId::kRightShoulder]);
  std::swap(rough[KeypointId::kLeftHip], rough[KeypointId::kRightHip]);
  std::swap(rough[KeypointId::kLeftKnee], rough[KeypointId::kRightKnee]);
  std::swap(rough[KeypointId::kLeftAnkle], rough[KeypointId::kRightAnkle]);
  Answer(exact, rough);
  PoseRefiner refiner(Engine(), {});
  ExpectAt(Refined(refiner, 0ms, Person(1, rough)).pose[KeypointId::kLeftWrist], {225, 150});
}

TEST_F(PoseRefinerTest, WhoStandsStillKeepsTheLastCorrection) {
  const Pose rough = Standing(200);
  Pose exact = rough;
  exact[KeypointId::kLeftWrist].x += 4;
  Answer(exact, rough);
  PoseRefiner refiner(Engine(), {});
  Refined(refiner, 0ms, Person(1, rough));
  presence_ = 0;  // the network would refuse now: it must not be asked
  Pose breathing = rough;
  for (Keypoint& joint : breathing.keypoints) joint.y += 1;
  const PerceivedPerson person = Refined(refiner, 66ms, Person(1, breathing));
  ExpectAt(person.pose[KeypointId::kLeftWrist], {229, 151});
  ASSERT_TRUE(person.landmarks.has_value());
  EXPECT_NEAR((*person.landmarks)[15].y * kHeight, 151, 0.1);
  EXPECT_TRUE(person.world_landmarks.has_value());
}

TEST_F(PoseRefinerTest, PeopleAndFramesStayInOrder) {
  PoseRefiner refiner(Engine(), {});
  Answer(Standing(100), Standing(100));
  refiner.Submit(FrameAt(0ms), {Person(1, Standing(100)), Person(2, Standing(100))});
  refiner.Submit(FrameAt(66ms), {});
  refiner.Submit(FrameAt(133ms), {Person(2, Standing(100))});
  EXPECT_EQ(refiner.in_flight(), 3U);
  const auto first = refiner.Collect().value();
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].track_id, TrackId(1));
  EXPECT_EQ(first[1].track_id, TrackId(2));
  EXPECT_TRUE(refiner.Collect().value().empty());
  EXPECT_EQ(refiner.Collect().value().at(0).track_id, TrackId(2));
}

TEST_F(PoseRefinerTest, MorePeopleThanRequestsAreAllRefined) {
  Answer(Standing(100), Standing(100));
  PoseRefiner refiner(Engine(), {});
  std::vector<PerceivedPerson> crowd;
  for (int i = 1; i <= 15; ++i) crowd.push_back(Person(i, Standing(100)));
  refiner.Submit(FrameAt(0ms), crowd);
  const std::vector<PerceivedPerson> refined = refiner.Collect().value();
  EXPECT_EQ(refined.size(), 15U);
  for (const PerceivedPerson& person : refined) EXPECT_TRUE(person.landmarks.has_value());
}

TEST_F(PoseRefinerTest, WithoutARefiningNetworkPeopleComeBackAsTheyAre) {
  infer::FakeBackend backend;
  backend.Add("pose.onnx", {.info = {0, 0, {{{"output0"}, {1, 1, 57}}}}, .run = {}});
  const auto engine = PoseEngine::Create(backend, {.detector_model = "pose.onnx"}).value();
  PoseRefiner refiner(*engine, {});
  EXPECT_EQ(Refined(refiner, 0ms, Person(1, Standing(100))), Person(1, Standing(100)));
}

}  // namespace
}  // namespace spotter::perceive
