// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/motchallenge.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"

namespace spotter::track {
namespace {

using ::testing::HasSubstr;

class MotChallenge : public ::testing::Test {
 protected:
  std::filesystem::path Write(const std::string& text) const {
    auto path = folder_ / "det.txt";
    std::ofstream(path) << text;
    return path;
  }
  std::string Output() const {
    std::ostringstream text;
    text << std::ifstream(folder_ / "out.txt").rdbuf();
    return text.str();
  }

  const TempDir folder_;
};

TEST_F(MotChallenge, ReadsEveryFrameEvenEmptyOnes) {
  const auto frames = ReadMotDetections(Write("3,-1,10,20,30,40,0.5,-1,-1,-1\r\n1,-1, 1.5,2,3,4,1\n\n"));
  ASSERT_TRUE(frames.ok());
  ASSERT_EQ(frames->size(), 3U);
  EXPECT_EQ((*frames)[0].detections.at(0).box, (Box{1.5F, 2, 4.5F, 6}));
  EXPECT_TRUE((*frames)[1].detections.empty());
  EXPECT_EQ((*frames)[2].number, 3);
  EXPECT_FLOAT_EQ((*frames)[2].detections.at(0).confidence, 0.5F);
}

TEST_F(MotChallenge, NamesTheBrokenLine) {
  for (const char* line : {"2,-1,1,2,3", "2,-1,1,2,3,4,x", "0,-1,1,2,3,4,1", "nan,-1,1,2,3,4,1", "hello"}) {
    const auto frames = ReadMotDetections(Write(fmt::format("1,-1,1,2,3,4,0.9\n{}\n", line)));
    ASSERT_FALSE(frames.ok()) << line;
    EXPECT_EQ(frames.error().code, ErrorCode::kUnreadable);
    EXPECT_THAT(frames.error().message, HasSubstr("det.txt:2 "));
  }
}

TEST_F(MotChallenge, ReportsWhatCannotBeOpenedOrWritten) {
  const auto det = Write("1,-1,1,2,3,4,0.9\n");
  EXPECT_EQ(RunMotChallenge(folder_ / "none.txt", folder_ / "out.txt", 30).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(RunMotChallenge(folder_.path(), folder_ / "out.txt", 30).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(RunMotChallenge(det, folder_ / "no" / "out.txt", 30).error().code, ErrorCode::kUnwritable);
  EXPECT_EQ(RunMotChallenge(det, folder_ / "out.txt", 0).error().code, ErrorCode::kInvalidArgument);
}

// Three people on their ways, one of them hidden for a third of a second, and a ghost of one frame: the whole output.
TEST_F(MotChallenge, TracksASmallSceneAsItAlwaysDid) {
  std::string det;
  std::string expected;
  for (int frame = 1; frame <= 24; ++frame) {
    const auto line = [&](int id, double x, double y, double confidence) {
      det += fmt::format("{},-1,{:.2f},{:.2f},40.00,120.00,{:.4f},-1,-1,-1\n", frame, x, y, confidence);
      if (id == 0) return;
      expected += fmt::format("{},{},{:.2f},{:.2f},40.00,120.00,{:.4f},-1,-1,-1\n", frame, id, x, y, confidence);
    };
    line(1, 100 + 6.0 * frame, 200, 0.9);
    if (frame < 9 || frame > 13) line(2, 400 - 6.0 * frame, 210, frame < 16 ? 0.8 : 0.35);
    if (frame == 5) line(0, 600, 50, 0.95);
    if (frame >= 10) line(frame >= 12 ? 3 : 0, 700, 300 + 3 * std::sin(frame), 0.7);
  }
  const auto result = RunMotChallenge(Write(det), folder_ / "out.txt", 15);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(Output(), expected);
  EXPECT_EQ(result->frames, 24);
  EXPECT_EQ(result->tracks, 3);
}

}  // namespace
}  // namespace spotter::track
