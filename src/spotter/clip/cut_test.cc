// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/cut.h"

#include <array>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/testing/make_video.h"

namespace spotter::clip {
namespace {

using media::Packet;
using media::StreamPtr;
using media::TimedPacket;
using media::testing::MakeVideo;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Ten pictures a second, a keyframe every second, none reordered.
class CutTest : public ::testing::Test {
 protected:
  static constexpr milliseconds kStep{100};

  static void SetUpTestSuite() {
    const TempDir folder;
    for (const int width : {96, 128}) {
      const std::string path = folder / "v.mp4";
      ASSERT_TRUE(MakeVideo({.path = path, .width = width, .frames = 2}));
      media::IoWatch watch;
      streams_.push_back(
          std::make_shared<const media::VideoStream>((*media::Demuxer::Open({.url = path}, watch))->stream()));
    }
  }
  static void TearDownTestSuite() { streams_.clear(); }

  // Pictures from..to, in tenths of a second.
  void Send(int from, int to, int stream = 0) {
    if (session_ == nullptr || from != next_ || stream != stream_number_)
      session_ = std::make_shared<const media::VideoStream>(*streams_.at(static_cast<std::size_t>(stream)));
    for (int i = from; i < to; ++i) {
      static constexpr std::array<std::byte, 8> kData{};
      const Packet packet =
          Packet::FromParts({.pts = i, .dts = i, .is_keyframe = i % 10 == 0, .time_base = {1, 10}, .data = kData});
      packets_.push_back({session_, packet, i * kStep, UtcTime{} + i * kStep, true});
    }
    next_ = to;
    stream_number_ = stream;
  }

  Result<Cut> CutAround(milliseconds at) const {
    return MakeCut(
        {.event_id = "e", .camera_id = {}, .at = at, .from = at - milliseconds(2'000), .to = at + milliseconds(2'000)},
        packets_, "the stream ended");
  }

  static std::vector<StreamPtr> streams_;
  std::vector<TimedPacket> packets_;
  StreamPtr session_;
  int next_ = 0;
  int stream_number_ = 0;
};

std::vector<StreamPtr> CutTest::streams_;

TEST_F(CutTest, GoesBackToTheKeyframeAndShowsWhatWasAskedFor) {
  Send(0, 100);
  const Result<Cut> cut = CutAround(milliseconds(5'550));
  ASSERT_TRUE(cut.ok()) << cut.error().message;
  EXPECT_EQ(cut->span.start, milliseconds(3'500));
  EXPECT_EQ(cut->span.end, milliseconds(7'600));
  EXPECT_EQ(cut->packets.front().pts, milliseconds(3'000));
  EXPECT_EQ(cut->packets.back().pts, milliseconds(7'500));
  EXPECT_THAT(cut->gaps, IsEmpty());
}

TEST_F(CutTest, ATimeRoundedToTheMicrosecondBesideAPictureMeansThatPicture) {
  Send(0, 100);
  for (const auto rounding : {std::chrono::microseconds(-1), std::chrono::microseconds(1)}) {
    const RecordClip request = {.event_id = "e",
                                .camera_id = {},
                                .at = milliseconds(5'000),
                                .from = milliseconds(3'000) + rounding,
                                .to = milliseconds(7'000) + rounding};
    const Result<Cut> cut = MakeCut(request, packets_, "");
    ASSERT_TRUE(cut.ok());
    EXPECT_EQ(cut->span.start, milliseconds(3'000));
    EXPECT_EQ(cut->span.end, milliseconds(7'000));
  }
}

TEST_F(CutTest, AnEventBeforeTheFirstPacketIsAReasonAndOneAtTheEdgeAGap) {
  Send(300, 400);
  const Result<Cut> gone = CutAround(milliseconds(27'000));
  ASSERT_FALSE(gone.ok());
  EXPECT_THAT(gone.error().message, HasSubstr("already left the memory"));
  // All was received, and nothing of it lies within.
  const RecordClip request = {.event_id = "e", .camera_id = {}, .at = {}, .from = {}, .to = milliseconds(1'000)};
  const Result<Cut> long_gone = MakeCut(request, {}, "");
  ASSERT_FALSE(long_gone.ok());
  EXPECT_THAT(long_gone.error().message, HasSubstr("already left the memory"));
  const Result<Cut> edge = CutAround(milliseconds(29'500));
  ASSERT_TRUE(edge.ok());
  ASSERT_THAT(edge->gaps, SizeIs(1));
  EXPECT_EQ(edge->gaps[0].from, milliseconds(27'500));
  EXPECT_EQ(edge->gaps[0].to, milliseconds(30'000));
  EXPECT_EQ(edge->span.end, milliseconds(31'500));
}

TEST_F(CutTest, APictureBeforeTheFirstKeyframeCannotBeShown) {
  Send(305, 400);
  const Result<Cut> cut = CutAround(milliseconds(32'000));
  ASSERT_TRUE(cut.ok());
  EXPECT_EQ(cut->span.start, milliseconds(31'000));
  EXPECT_THAT(cut->gaps, SizeIs(1));
}

TEST_F(CutTest, ACameraThatWasAwayLeavesAGap) {
  Send(0, 55);
  Send(80, 120);  // a new session, same camera
  const Result<Cut> cut = CutAround(milliseconds(7'000));
  ASSERT_TRUE(cut.ok()) << cut.error().message;
  EXPECT_EQ(cut->span.start, milliseconds(5'000));
  EXPECT_EQ(cut->span.end, milliseconds(9'000));
  ASSERT_THAT(cut->gaps, SizeIs(1));
  EXPECT_EQ(cut->gaps[0].from, milliseconds(5'400));
  EXPECT_EQ(cut->gaps[0].to, milliseconds(8'000));
  EXPECT_EQ(cut->gaps[0].reason, "the camera was away");
}

TEST_F(CutTest, AChangeOfFormatEndsTheClipAtTheSideOfTheEvent) {
  Send(0, 60);
  Send(60, 120, 1);
  const Result<Cut> before = CutAround(milliseconds(5'000));
  ASSERT_TRUE(before.ok());
  EXPECT_EQ(before->span.end, milliseconds(6'000));
  EXPECT_EQ(before->gaps.at(0).reason, "the camera changed its format");
  const Result<Cut> after = CutAround(milliseconds(7'000));
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(after->span.start, milliseconds(6'000));
  EXPECT_EQ(after->gaps.at(0).reason, "the camera had another format before");
}

TEST_F(CutTest, WhatHasNotComeOutOfTheDecoderYetIsNotShown) {
  Send(0, 60);
  packets_[58].is_decoded = packets_[59].is_decoded = false;
  packets_[40].is_decoded = false;  // damaged, in the middle
  const Result<Cut> cut = CutAround(milliseconds(5'000));
  ASSERT_TRUE(cut.ok());
  EXPECT_EQ(cut->span.end, milliseconds(5'800));
  EXPECT_THAT(cut->gaps, SizeIs(1));
}

TEST_F(CutTest, NothingAtAllIsAReason) {
  EXPECT_FALSE(CutAround(milliseconds(5'000)).ok());
  Send(0, 20);
  const Result<Cut> late = CutAround(milliseconds(9'000));
  ASSERT_FALSE(late.ok());
  EXPECT_THAT(late.error().message, HasSubstr("the stream ended"));
}

}  // namespace
}  // namespace spotter::clip
