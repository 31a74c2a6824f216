// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/video_reader.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/media/testing/make_video.h"

namespace spotter::media {
namespace {

constexpr std::size_t kBlock = 188;  // bytes of an MPEG transport stream's unit

// A transport stream as a camera gives it to somebody who joins late: its tables, then the middle of a group of
// pictures of which the first is missing.
void JoinLate(const std::string& whole, const std::string& late) {
  std::stringstream bytes;
  bytes << std::ifstream(whole, std::ios::binary).rdbuf();
  const std::string stream = bytes.str();
  const std::size_t quarter = stream.size() / kBlock / 4 * kBlock;
  std::ofstream(late, std::ios::binary) << stream.substr(0, 3 * kBlock) << stream.substr(quarter);
}

TEST(VideoReader, WhatComesBeforeTheFirstKeyframeIsLeftOutAndIsNoDamage) {
  const TempDir folder;
  ASSERT_TRUE(testing::MakeVideo(
      {.path = folder / "whole.ts", .width = 320, .height = 240, .frames = 40, .keyframe_every = 20, .b_frames = 0}));
  JoinLate(folder / "whole.ts", folder / "late.ts");
  IoWatch watch;
  const auto reader =
      VideoReader::Open({.demuxer = {.url = folder / "late.ts"}, .decoder = {}, .start_at_keyframe = true}, watch);
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  int pictures = 0;
  for (auto picture = (*reader)->Next(); picture.ok() && picture->has_value(); picture = (*reader)->Next()) ++pictures;
  EXPECT_EQ(pictures, 20);
  EXPECT_EQ((*reader)->corrupt(), 0U);
}

}  // namespace
}  // namespace spotter::media
