// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/recording_source.h"

#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/codec/perception_json.h"

namespace spotter::pipeline {
namespace {

// Keeps what is published.
class CollectingSink : public PerceptionSink {
 public:
  bool IsFull() const override { return false; }
  bool Publish(Perception perception) override {
    perceptions.push_back(std::move(perception));
    return true;
  }
  std::vector<Perception> perceptions;
};

PerceivedPerson At(int track, float x) {
  PerceivedPerson person{
      .track_id = TrackId(track), .confidence = 0.9F, .box = {x - 0.05F, 0.2F, x + 0.05F, 0.5F}, .pose = {}};
  for (Keypoint& joint : person.pose.keypoints) joint = {x, 0.35F, 0.9F};
  return person;
}

class RecordingSourceTest : public testing::Test {
 protected:
  // Also sets `warnings_`.
  std::vector<Perception> Play(const std::vector<Perception>& perceptions, RecordingSource::Cameras cameras) {
    const std::filesystem::path path = folder_ / "people.jsonl";
    std::ofstream file(path);
    for (const Perception& perception : perceptions) file << codec::PerceptionToJson(perception) << '\n';
    file.close();
    Result<std::unique_ptr<RecordingSource>> source = RecordingSource::Open(path.string(), std::move(cameras));
    EXPECT_TRUE(source.ok());
    CollectingSink sink;
    EXPECT_TRUE((*source)->Run(sink).ok());
    warnings_ = (*source)->warnings();
    return sink.perceptions;
  }

  const TempDir folder_;
  std::vector<std::string> warnings_;
};

TEST_F(RecordingSourceTest, HidesThePeopleInTheAreasOfTheirCameraOnly) {
  const track::PresenceOptions left_half{.ignored = track::HiddenAreas({{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}})};
  const Perception perception{.camera_id = CameraId("cam_01"),
                              .pts = Pts{0},
                              .captured_at = {},
                              .width = 640,
                              .height = 360,
                              .people = {At(1, 0.2F), At(2, 0.8F)}};
  const std::vector<Perception> hidden =
      Play({perception}, {.known = {{CameraId("cam_01"), left_half}}, .stands_for = {}});
  ASSERT_EQ(hidden.size(), 1U);
  ASSERT_EQ(hidden[0].people.size(), 1U);
  EXPECT_EQ(hidden[0].people[0].track_id, TrackId(2));
  EXPECT_EQ(Play({perception}, {.known = {{CameraId("cam_02"), left_half}}, .stands_for = {}})[0].people.size(), 2U);
}

TEST_F(RecordingSourceTest, StandsForTheCameraThatIsAskedFor) {
  const Perception perception{
      .camera_id = CameraId("cam_01"), .pts = Pts{0}, .captured_at = {}, .width = 640, .height = 360, .people = {}};
  const CameraId hall("hall");
  EXPECT_EQ(Play({perception}, {.known = {{hall, {}}}, .stands_for = hall})[0].camera_id, hall);
  const std::map<CameraId, track::PresenceOptions> both = {{hall, {}}, {CameraId("cam_01"), {}}};
  EXPECT_EQ(Play({perception}, {.known = both, .stands_for = hall})[0].camera_id, CameraId("cam_01"));
}

TEST_F(RecordingSourceTest, SaysThatSomebodyIsSeenOnlyInAMirror) {
  const track::PresenceOptions left_mirror{.mirrors = track::HiddenAreas({{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}})};
  std::vector<Perception> perceptions;
  for (int i = 0; i < 60; ++i) {
    perceptions.push_back({.camera_id = CameraId("cam_01"),
                           .pts = FromSeconds(i * 0.1),
                           .captured_at = {},
                           .width = 640,
                           .height = 360,
                           .people = {At(1, 0.2F)}});
    if (i < 20) perceptions.back().people.push_back(At(2, 0.8F));
  }
  Play(perceptions, {.known = {{CameraId("cam_01"), left_mirror}}, .stands_for = {}});
  ASSERT_EQ(warnings_.size(), 1U);
  EXPECT_NE(warnings_[0].find("from 2.0 s on somebody is seen only in a mirror (3.9 s in all)"), std::string::npos)
      << warnings_[0];
  Play(perceptions, {});
  EXPECT_TRUE(warnings_.empty()) << "without the mirror it is a person";
}

}  // namespace
}  // namespace spotter::pipeline
