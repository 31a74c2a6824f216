// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/pose_recorder.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/clip/clip_files.h"
#include "spotter/codec/perception_json.h"
#include "spotter/media/testing/make_video.h"

namespace spotter::clip {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

const CameraId kCamera("cam_01");

Perception At(int ms, const CameraId& camera = kCamera) {
  Perception perception;
  perception.camera_id = camera;
  perception.pts = milliseconds(ms);
  perception.width = 640;
  perception.height = 360;
  return perception;
}

class PoseRecorderTest : public testing::Test {
 protected:
  void Show(const Perception& perception) {
    memory_.Add(perception);
    recorder_.OnPerception(perception);
  }
  void Record(int from_ms, int to_ms) {
    recorder_.Record({.event_id = "e", .camera_id = kCamera, .from = milliseconds(from_ms), .to = milliseconds(to_ms)});
  }
  // The times that were recorded, milliseconds.
  std::vector<int> Recorded() const {
    std::vector<int> times;
    std::ifstream file(files_.poses);
    for (std::string line; std::getline(file, line);)
      times.push_back(static_cast<int>(codec::PerceptionFromJson(line)->pts / milliseconds(1)));
    return times;
  }
  bool IsBegun() const { return std::filesystem::exists(files_.poses + ".part"); }

  TempDir folder_;
  const ClipFiles files_ = FilesOf(folder_.path(), "e");
  PerceptionMemory memory_{milliseconds(10'000)};
  PoseRecorder recorder_{folder_.path(), memory_};
};

TEST_F(PoseRecorderTest, RecordsFromThePastToTheEnd) {
  for (int ms = 0; ms <= 5'000; ms += 1'000) Show(At(ms));
  Record(2'500, 7'000);
  EXPECT_TRUE(IsBegun());
  for (int ms = 6'000; ms <= 9'000; ms += 1'000) Show(At(ms));
  EXPECT_THAT(Recorded(), ElementsAre(2'000, 3'000, 4'000, 5'000, 6'000, 7'000));
  EXPECT_FALSE(IsBegun());
}

TEST_F(PoseRecorderTest, WhatLiesInThePastIsWholeAtOnce) {
  for (int ms = 0; ms <= 5'000; ms += 1'000) Show(At(ms));
  Record(1'000, 3'000);
  EXPECT_THAT(Recorded(), ElementsAre(1'000, 2'000, 3'000));
}

TEST_F(PoseRecorderTest, OtherCamerasAreNotMixedIn) {
  Show(At(0));
  Record(0, 2'000);
  Show(At(500, CameraId("cam_02")));
  Show(At(3'000, CameraId("cam_02")));
  Show(At(1'000));
  Show(At(2'000));
  EXPECT_THAT(Recorded(), ElementsAre(0, 1'000, 2'000));
}

TEST_F(PoseRecorderTest, TheEndOfTheStreamEndsIt) {
  Show(At(0));
  Record(0, 9'000);
  Record(0, 9'000);  // the same again
  recorder_.Finish();
  EXPECT_THAT(Recorded(), ElementsAre(0));
}

TEST_F(PoseRecorderTest, WhatAKilledProgramHadBegunIsRemoved) {
  std::ofstream(files_.poses + ".part") << "{\"v\":1";
  Show(At(0));
  recorder_.Record({.event_id = "other", .camera_id = kCamera, .to = milliseconds(9'000)});
  RemoveBegunPoses(folder_.path());
  EXPECT_FALSE(IsBegun());
  EXPECT_TRUE(std::filesystem::exists(FilesOf(folder_.path(), "other").poses + ".part")) << "that one is being written";
}

TEST(PerceptionMemory, ForgetsWhatIsTooOld) {
  PerceptionMemory memory(milliseconds(2'000));
  for (int ms = 0; ms <= 5'000; ms += 1'000) memory.Add(At(ms));
  const std::vector<PerceptionPtr> seen = memory.Since(kCamera, Pts{0});
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen.front()->pts, milliseconds(3'000));
  EXPECT_TRUE(memory.Since(CameraId("cam_02"), Pts{0}).empty());
}

}  // namespace
}  // namespace spotter::clip
