// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/spool.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/clip/clip_files.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/testing/make_video.h"

namespace spotter::clip {
namespace {

using media::StreamEntry;
using media::StreamPacket;
using media::testing::MakeVideo;

std::vector<StreamEntry> EntriesOf(const std::string& path) {
  media::IoWatch watch;
  const auto demuxer = media::Demuxer::Open({.url = path}, watch);
  const auto stream = std::make_shared<const media::VideoStream>((*demuxer)->stream());
  std::vector<StreamEntry> entries;
  while (std::optional<media::Packet> packet = *(*demuxer)->Read()) {
    entries.emplace_back(StreamPacket{stream, *packet});
    entries.emplace_back(media::PictureTime{stream, *packet->pts(), *packet->pts(), UtcTime(*packet->pts())});
  }
  return entries;
}

class SpoolTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(MakeVideo({.path = folder_ / "source.mp4", .codec = "libx265", .frames = 12, .rotation_deg = 90}));
    entries_ = EntriesOf(folder_ / "source.mp4");
  }
  std::string path() const { return folder_ / "e1.spool"; }
  void Write() {
    Result<SpoolWriter> writer = SpoolWriter::Create(path(), request_);
    ASSERT_TRUE(writer.ok()) << writer.error().message;
    ASSERT_TRUE(writer->Append(std::span(entries_).first(4)).ok());
    ASSERT_TRUE(writer->Append(std::span(entries_).subspan(4)).ok());
  }

  TempDir folder_;
  const RecordClip request_ = {
      .event_id = "e1", .camera_id = CameraId("cam_01"), .at = Pts{4}, .from = Pts{-2}, .to = Pts{9}};
  std::vector<StreamEntry> entries_;
};

TEST_F(SpoolTest, WhatWasSpooledIsRead) {
  Write();
  const Result<Spool> spool = ReadSpool(path());
  ASSERT_TRUE(spool.ok()) << spool.error().message;
  EXPECT_EQ(spool->request.event_id, "e1");
  EXPECT_EQ(spool->request.camera_id, CameraId("cam_01"));
  EXPECT_EQ(spool->request.from, Pts{-2});
  ASSERT_EQ(spool->entries.size(), entries_.size());
  for (std::size_t i = 0; i < entries_.size(); i += 2) {
    const auto& written = std::get<StreamPacket>(entries_[i]);
    const auto& read = std::get<StreamPacket>(spool->entries[i]);
    EXPECT_TRUE(std::ranges::equal(read.packet.parts().data, written.packet.parts().data));
    EXPECT_EQ(read.packet.pts(), written.packet.pts());
    EXPECT_EQ(read.packet.dts(), written.packet.dts());
    EXPECT_EQ(read.packet.is_keyframe(), written.packet.is_keyframe());
    EXPECT_EQ(read.stream->codec, "hevc");
    EXPECT_EQ(read.stream->orientation, written.stream->orientation);
    EXPECT_EQ(read.stream->width, written.stream->width);
    EXPECT_EQ(std::get<media::PictureTime>(spool->entries[i + 1]).pts,
              std::get<media::PictureTime>(entries_[i + 1]).pts);
  }
}

TEST_F(SpoolTest, CutOffAnywhereItGivesWhatWasWhole) {
  Write();
  const std::string whole = *ReadFile(path());
  std::size_t most = 0;
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const Result<Spool> spool = ParseSpool(std::as_bytes(std::span(whole).first(size)));
    EXPECT_EQ(spool.ok(), size > 60) << "the command is whole or not";
    if (!spool.ok()) continue;
    EXPECT_GE(spool->entries.size(), most);
    most = spool->entries.size();
  }
  EXPECT_GE(most, entries_.size() - 2);
}

TEST_F(SpoolTest, ADamagedRecordEndsIt) {
  Write();
  std::string damaged = *ReadFile(path());
  damaged[damaged.size() / 2] ^= 0x10;
  const Result<Spool> spool = ParseSpool(std::as_bytes(std::span(damaged)));
  ASSERT_TRUE(spool.ok());
  EXPECT_LT(spool->entries.size(), entries_.size());
  const std::string other = "no spool at all, but long enough";
  EXPECT_FALSE(ParseSpool(std::as_bytes(std::span(other))).ok());
}

TEST_F(SpoolTest, IsLockedWhileItIsWritten) {
  {
    const Result<SpoolWriter> writer = SpoolWriter::Create(path(), request_);
    ASSERT_TRUE(writer.ok());
    EXPECT_TRUE(IsSpoolInUse(path()));
    EXPECT_FALSE(SpoolWriter::Create(path(), request_).ok());
  }
  EXPECT_FALSE(IsSpoolInUse(path()));
}

TEST_F(SpoolTest, AFolderThatIsNotThereIsAClearError) {
  const Result<SpoolWriter> writer = SpoolWriter::Create(folder_ / "no/such/e1.spool", request_);
  ASSERT_FALSE(writer.ok());
  EXPECT_NE(writer.error().message.find("make its folder first"), std::string::npos);
}

}  // namespace
}  // namespace spotter::clip
