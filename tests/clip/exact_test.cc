// SPDX-License-Identifier: Apache-2.0
// Clips of files in every combination of codec, distance of keyframes and B-frames: exact to a picture, bit by bit.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "record_file.h"
#include "spotter/base/testing/temp_dir.h"
#include "spotter/media/testing/make_video.h"
#include "spotter/media/testing/play_file.h"

namespace spotter::clip {
namespace {

using media::testing::MakeVideo;
using media::testing::PlayFile;
using media::testing::ReadPackets;
using media::testing::ShownPicture;
using media::testing::StoredPacket;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using testing::RecordFile;

struct Case {
  std::string codec;
  int keyframe_every;  // frames, 25 a second
  int b_frames;
  std::string container;
};

std::string NameOf(const ::testing::TestParamInfo<Case>& info) {
  const Case& c = info.param;
  return fmt::format("{}_gop{}s_b{}_{}", c.codec, c.keyframe_every / 25, c.b_frames, c.container);
}
void PrintTo(const Case& c, std::ostream* out) { *out << c.codec << " in " << c.container; }

// What a packet holds, whatever stands between its units: start codes (MPEG-TS) or their length (MP4).
std::string NalUnits(std::string data) {
  const std::string start_code("\0\0\1", 3);
  if (!data.starts_with(start_code) && !data.starts_with('\0' + start_code)) return data;
  std::string units;
  for (std::size_t at = data.find(start_code); at != std::string::npos;) {
    const std::size_t begin = at + start_code.size();
    at = data.find(start_code, begin);
    std::string unit = data.substr(begin, at == std::string::npos ? at : at - begin);
    while (unit.ends_with('\0')) unit.pop_back();  // belongs to the next start code
    for (int shift = 24; shift >= 0; shift -= 8)
      units += static_cast<char>(unit.size() >> static_cast<unsigned>(shift));
    units += unit;
  }
  return units;
}

class ExactClip : public ::testing::TestWithParam<Case> {
 protected:
  static constexpr int kFrames = 360;  // 14.4 s
  static constexpr milliseconds kFrame{40};

  void SetUp() override {
    source_ = folder_ / ("source." + GetParam().container);
    if (!MakeVideo({.path = source_,
                    .codec = GetParam().codec,
                    .frames = kFrames,
                    .keyframe_every = GetParam().keyframe_every,
                    .b_frames = GetParam().b_frames}))
      GTEST_SKIP() << "this libav has no " << GetParam().codec;
  }

  // A clip of 4 s before to 4 s after the event.
  ClipDone Record(microseconds at) const {
    const std::vector<ClipDone> done = RecordFile(source_, folder_ / "clips",
                                                  {{.event_id = "e1",
                                                    .camera_id = {},
                                                    .at = at,
                                                    .from = at - milliseconds(4000),
                                                    .to = at + milliseconds(4000)}});
    EXPECT_EQ(done.size(), 1U);
    return done.empty() ? ClipDone() : done[0];
  }

  // The pictures of the source that are shown within [start, end), as if it started there.
  std::vector<ShownPicture> SourceBetween(Pts start, Pts end) const {
    std::vector<ShownPicture> shown;
    for (ShownPicture picture : Source()) {
      if (picture.time < start || picture.time >= end) continue;
      picture.time -= start;
      shown.push_back(picture);
    }
    return shown;
  }

  // Times from 0.
  std::vector<ShownPicture> Source() const {
    std::vector<ShownPicture> shown = PlayFile(source_);
    const microseconds first = shown.front().time;
    for (ShownPicture& picture : shown) picture.time -= first;
    return shown;
  }

  static void ExpectSame(const std::vector<ShownPicture>& clip, const std::vector<ShownPicture>& source) {
    ASSERT_EQ(clip.size(), source.size());
    for (std::size_t i = 0; i < clip.size(); ++i) {
      EXPECT_NEAR(static_cast<double>(clip[i].time.count()), static_cast<double>(source[i].time.count()), 100) << i;
      EXPECT_EQ(clip[i].checksum, source[i].checksum) << "picture " << i;
    }
  }

  // The clip's packets are a stretch of the source's and begin with the last keyframe shown at or before the start.
  void ExpectBitIdentical(const ClipDone& clip) const {
    const std::vector<StoredPacket> source = ReadPackets(source_);
    std::vector<microseconds> shown;
    shown.reserve(source.size());
    for (const StoredPacket& packet : source) shown.push_back(packet.pts);
    std::ranges::sort(shown);
    const microseconds start = shown.at(static_cast<std::size_t>((clip.span->start + kFrame / 2) / kFrame));
    const auto is_last_keyframe = [&](const StoredPacket& p) { return p.is_keyframe && p.pts <= start; };
    auto first = std::find_if(source.rbegin(), source.rend(), is_last_keyframe).base() - 1;
    for (const StoredPacket& packet : ReadPackets(clip.clip_path)) {
      ASSERT_NE(first, source.end());
      ASSERT_EQ(NalUnits(packet.data), NalUnits((first++)->data));
    }
  }

  TempDir folder_;
  std::string source_;
};

TEST_P(ExactClip, StartsAndEndsAtThePictureAskedFor) {
  for (const microseconds at : {microseconds(8'000'000), microseconds(8'013'000), microseconds(9'390'000)}) {
    const ClipDone clip = Record(at);
    ASSERT_TRUE(clip.span) << clip.reason;
    EXPECT_TRUE(clip.gaps.empty()) << clip.gaps[0].reason;
    const microseconds from = at - milliseconds(4000);
    const microseconds to = at + milliseconds(4000);
    EXPECT_LE(clip.span->start, from);
    EXPECT_GT(clip.span->start + kFrame, from);
    EXPECT_GE(clip.span->end, to);
    EXPECT_LT(clip.span->end - kFrame, to);
    EXPECT_EQ(clip.span->end_at - clip.span->start_at, clip.span->end - clip.span->start);
    ExpectSame(PlayFile(clip.clip_path), SourceBetween(clip.span->start, clip.span->end));
    ExpectBitIdentical(clip);
    std::filesystem::remove_all(folder_ / "clips");
  }
}

TEST_P(ExactClip, WhatLiesBeforeTheBeginningOrBehindTheEndIsAGap) {
  const ClipDone early = Record(milliseconds(1000));
  ASSERT_TRUE(early.span);
  ASSERT_EQ(early.gaps.size(), 1U);
  EXPECT_EQ(early.gaps[0].from, milliseconds(-3000));
  EXPECT_EQ(early.gaps[0].to, Pts{0});
  EXPECT_EQ(early.gaps[0].reason, "the stream began later");
  ExpectSame(PlayFile(early.clip_path), SourceBetween(Pts{0}, milliseconds(5000)));
  std::filesystem::remove_all(folder_ / "clips");
  const ClipDone late = Record(milliseconds(14'000));
  ASSERT_TRUE(late.span);
  ASSERT_EQ(late.gaps.size(), 1U);
  EXPECT_EQ(late.gaps[0].reason, "the stream ended");
  EXPECT_NEAR(ToSeconds(late.gaps[0].from), 14.4, 0.001);
  ExpectSame(PlayFile(late.clip_path), SourceBetween(milliseconds(10'000), milliseconds(20'000)));
  ExpectBitIdentical(late);
}

INSTANTIATE_TEST_SUITE_P(All,
                         ExactClip,
                         ::testing::Values(Case{"libx264", 25, 0, "mp4"},
                                           Case{"libx264", 25, 3, "mp4"},
                                           Case{"libx264", 100, 2, "mkv"},
                                           Case{"libx264", 250, 0, "mp4"},
                                           Case{"libx264", 250, 3, "mp4"},
                                           Case{"libx264", 50, 2, "ts"},
                                           Case{"libx265", 25, 0, "mp4"},
                                           Case{"libx265", 25, 4, "mp4"},
                                           Case{"libx265", 250, 0, "mp4"},
                                           Case{"libx265", 250, 4, "mkv"},
                                           Case{"mpeg4", 50, 0, "avi"}),
                         NameOf);

}  // namespace
}  // namespace spotter::clip
