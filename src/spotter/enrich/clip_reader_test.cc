// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/clip_reader.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/codec/clip_json.h"
#include "spotter/codec/perception_json.h"
#include "spotter/core/clip.h"
#include "spotter/media/testing/make_video.h"

namespace spotter::enrich {
namespace {

using media::testing::MakeVideo;
using std::chrono::milliseconds;
using testing::IsEmpty;
using testing::SizeIs;

class ClipReaderTest : public testing::Test {
 protected:
  ClipReaderTest() { std::filesystem::create_directory(folder_ / "clips"); }

  void WriteVideo() { ASSERT_TRUE(MakeVideo({.path = clip_, .width = 640, .height = 360, .frames = 50})); }
  void WritePoses(const std::string& more = "") const {
    std::ofstream file(folder_ / "clips/e.jsonl");
    for (int i = 0; i < 10; ++i) {
      Perception perception;
      perception.camera_id = CameraId("cam_01");
      perception.pts = milliseconds(5'000 + 100 * i);
      perception.width = 640;
      perception.height = 360;
      file << codec::PerceptionToJson(perception) << "\n";
    }
    file << more;
  }
  void WriteMetadata(bool has_clip, bool skeleton_only = false) const {
    ClipDone done;
    done.request.event_id = "e";
    done.reason = has_clip ? "" : "its camera gave no video";
    if (has_clip) done.span = ClipSpan{.start = milliseconds(4'000), .end = milliseconds(6'000)};
    done.skeleton_only = skeleton_only;
    std::ofstream(folder_ / "clips/e.json") << codec::ClipToJson(done);
  }
  Result<ClipEvidence> Read(const std::string& path, int photos = 0) const {
    return ClipReader({.allowed_roots = {folder_ / "clips"}, .photos = photos}).Read({.path = path});
  }

  TempDir folder_;
  const std::string clip_ = folder_ / "clips/e.mp4";
};

TEST_F(ClipReaderTest, GivesPosesAndPicturesOnOneTimeLine) {
  WriteVideo();
  WritePoses("{half a li");
  WriteMetadata(true);
  const Result<ClipEvidence> clip = Read(clip_, 3);
  ASSERT_TRUE(clip.ok()) << clip.error().message;
  EXPECT_THAT(clip->poses, SizeIs(10));
  ASSERT_THAT(clip->pictures, SizeIs(10)) << "two seconds, five a second";
  EXPECT_EQ(clip->pictures.front().pts, milliseconds(4'000)) << "stream time, as of the poses";
  EXPECT_EQ(clip->pictures.front().width, 320);
  EXPECT_EQ(clip->pictures.front().height, 180);
  EXPECT_NEAR(clip->pictures.front().pixels[320 * 20 + 30], media::testing::kQuadrants[0], 6);
  ASSERT_THAT(clip->photos, SizeIs(3));
  for (const std::string& photo : clip->photos) EXPECT_THAT(photo, testing::StartsWith("\xFF\xD8")) << "JPEG";
}

TEST_F(ClipReaderTest, WhatIsStillBeingRecordedIsNotThereYet) {
  EXPECT_EQ(Read(clip_).error().code, ErrorCode::kNotFound);
  WriteVideo();
  std::ofstream(folder_ / "clips/e.jsonl.part") << "";
  EXPECT_EQ(Read(clip_).error().code, ErrorCode::kNotFound);
}

TEST_F(ClipReaderTest, PosesOfACameraThatFellSilentAreAllThereWillBe) {
  WriteVideo();
  WritePoses();
  const std::filesystem::path begun = folder_ / "clips/e.jsonl.part";
  std::filesystem::rename(folder_ / "clips/e.jsonl", begun);
  std::filesystem::last_write_time(begun, std::filesystem::file_time_type::clock::now() - std::chrono::minutes(1));
  EXPECT_THAT(Read(clip_)->poses, SizeIs(10));
}

TEST_F(ClipReaderTest, WithoutAClipThePosesAloneAreSeen) {
  WritePoses();
  WriteMetadata(false);
  const Result<ClipEvidence> clip = Read(clip_);
  ASSERT_TRUE(clip.ok());
  EXPECT_THAT(clip->poses, SizeIs(10));
  EXPECT_THAT(clip->pictures, IsEmpty());
}

TEST_F(ClipReaderTest, AClipThatFailedWithoutPosesShowsNothing) {
  WriteMetadata(false);
  EXPECT_EQ(Read(clip_).error().code, ErrorCode::kUnreadable);
}

TEST_F(ClipReaderTest, DrawnFiguresAreNoPixelsToJudgeBy) {
  WriteVideo();
  WritePoses();
  WriteMetadata(true, /*skeleton_only=*/true);
  EXPECT_THAT(Read(clip_)->pictures, IsEmpty());
}

TEST_F(ClipReaderTest, NothingOutsideOfTheFoldersIsRead) {
  WriteVideo();
  std::filesystem::copy(clip_, folder_ / "secret.mp4");
  std::filesystem::create_symlink(folder_ / "secret.mp4", folder_ / "clips/link.mp4");
  for (const std::filesystem::path& path : std::initializer_list<std::filesystem::path>{
           "", folder_ / "secret.mp4", folder_ / "clips/../secret.mp4", folder_ / "clips/link.mp4", "/dev/zero",
           "http://127.0.0.1:1/x.mp4", folder_ / "clips"}) {
    EXPECT_EQ(Read(path).error().code, ErrorCode::kUnreadable) << path;
  }
}

TEST_F(ClipReaderTest, AFileThatIsNoVideoShowsNothing) {
  std::ofstream(clip_) << "no video";
  EXPECT_EQ(Read(clip_).error().code, ErrorCode::kUnreadable);
}

}  // namespace
}  // namespace spotter::enrich
