// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/base/utc.h"
#include "spotter/ingest/frame_source.h"
#include "spotter/media/testing/make_video.h"

namespace spotter::ingest {
namespace {

using media::testing::MakeAudio;
using media::testing::MakeVideo;
using media::testing::NumberOf;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Played {
  SourceInfo info;
  std::vector<FramePtr> frames;
  std::vector<std::string> warnings;
  SourceStats stats;
};

Played Play(const SourceOptions& options) {
  Played played;
  Result<std::unique_ptr<FrameSource>> source = OpenSource(options);
  if (!source.ok()) {
    ADD_FAILURE() << source.error().message;
    return played;
  }
  played.info = (*source)->info();
  while (true) {
    Result<FramePtr> frame = (*source)->Next();
    if (!frame.ok()) ADD_FAILURE() << frame.error().message;
    if (!frame.ok() || *frame == nullptr) break;
    played.frames.push_back(*frame);
  }
  played.warnings = (*source)->warnings();
  played.stats = (*source)->stats();
  return played;
}

std::vector<int> TimesInMs(const Played& played) {
  std::vector<int> times;
  times.reserve(played.frames.size());
  for (const FramePtr& frame : played.frames) times.push_back(static_cast<int>(frame->pts.count() / 1000));
  return times;
}

std::string OpenError(const std::string& url) {
  const Result<std::unique_ptr<FrameSource>> source = OpenSource({.url = url});
  return source.ok() ? "opened" : source.error().message;
}

TEST(FileSource, GivesEveryFrameInOrderFromTimeZero) {
  const TempDir folder;
  ASSERT_TRUE(MakeVideo({.path = folder / "a.mp4", .frames = 45}));
  const Played played = Play({.url = folder / "a.mp4"});
  ASSERT_EQ(played.frames.size(), 45U);
  for (int i = 0; i < 45; ++i) {
    EXPECT_EQ(NumberOf(*played.frames[static_cast<std::size_t>(i)]), i);
    EXPECT_EQ(played.frames[static_cast<std::size_t>(i)]->pts, std::chrono::milliseconds(40 * i));
  }
  EXPECT_EQ(played.info.width, 96);
  EXPECT_EQ(played.info.codec, "h264");
  EXPECT_FALSE(played.info.live);
  EXPECT_NEAR(ToSeconds(*played.info.duration), 1.8, 0.01);
  EXPECT_EQ(played.stats.decoded, 45U);
  EXPECT_EQ(played.stats.dropped, 0U);
  EXPECT_THAT(played.warnings, IsEmpty());
}

TEST(FileSource, UnevenTimesAreKept) {
  const TempDir folder;
  const std::vector<int> times = {0, 33, 100, 101, 900, 2'900};
  ASSERT_TRUE(MakeVideo({.path = folder / "a.mp4", .frames = 6, .times_ms = times}));
  const Played played = Play({.url = folder / "a.mp4"});
  EXPECT_EQ(TimesInMs(played), times);
  EXPECT_EQ(played.stats.repaired_timestamps, 0U);
}

TEST(FileSource, CaptureTimeIsTheFilesOwnOrTheGivenOneOrTheEpoch) {
  const TempDir folder;
  ASSERT_TRUE(MakeVideo({.path = folder / "dated.mp4", .frames = 2, .creation_time = "2026-03-01T10:00:12.000000Z"}));
  ASSERT_TRUE(MakeVideo({.path = folder / "plain.mp4", .frames = 2}));
  EXPECT_EQ(FormatUtc(*Play({.url = folder / "dated.mp4"}).frames.at(1)->captured_at), "2026-03-01T10:00:12.040Z");
  EXPECT_EQ(FormatUtc(*Play({.url = folder / "plain.mp4"}).frames.at(1)->captured_at), "1970-01-01T00:00:00.040Z");
  const Played given = Play({.url = folder / "dated.mp4", .captured_at = ParseUtc("2025-01-01T00:00:00Z")});
  EXPECT_EQ(FormatUtc(*given.frames.at(0)->captured_at), "2025-01-01T00:00:00.000Z");
}

TEST(FileSource, ATruncatedFileGivesWhatIsThereAndAWarning) {
  const TempDir folder;
  ASSERT_TRUE(MakeVideo({.path = folder / "a.mkv", .width = 320, .height = 240, .frames = 50}));
  ASSERT_TRUE(MakeVideo({.path = folder / "a.mp4", .width = 320, .height = 240, .frames = 50, .faststart = true}));
  for (const std::string name : {"a.mkv", "a.mp4"}) {
    std::filesystem::resize_file(folder / name, std::filesystem::file_size(folder / name) * 6 / 10);
    const Played played = Play({.url = folder / name});
    EXPECT_GT(played.frames.size(), 10U) << name;
    EXPECT_LT(played.frames.size(), 50U) << name;
    ASSERT_FALSE(played.warnings.empty()) << name;
    EXPECT_THAT(played.warnings[0], AllOf(HasSubstr(name), HasSubstr("used"))) << name;
  }
}

TEST(FileSource, TimestampsThatRunBackwardsAreRepairedAndReported) {
  const TempDir folder;
  // Two recordings in one transport stream, as cameras that restart write them.
  ASSERT_TRUE(MakeVideo({.path = folder / "a.ts", .frames = 15, .b_frames = 0}));
  std::ofstream joined(folder / "joined.ts", std::ios::binary);
  for (int i = 0; i < 2; ++i) joined << std::ifstream(folder / "a.ts", std::ios::binary).rdbuf();
  joined.close();
  const Played played = Play({.url = folder / "joined.ts"});
  EXPECT_GE(played.frames.size(), 28U);
  for (std::size_t i = 1; i < played.frames.size(); ++i) {
    EXPECT_GT(played.frames[i]->pts, played.frames[i - 1]->pts) << i;
  }
  EXPECT_GT(played.stats.repaired_timestamps, 0U);
  EXPECT_THAT(played.warnings, ::testing::Contains(HasSubstr("time stamp")));
}

TEST(FileSource, StopEndsItSoonAndLosesNoThread) {
  const TempDir folder;
  ASSERT_TRUE(MakeVideo({.path = folder / "a.mp4", .frames = 45}));
  Result<std::unique_ptr<FrameSource>> source = OpenSource({.url = folder / "a.mp4"});
  ASSERT_TRUE(source.ok());
  ASSERT_NE(*(*source)->Next(), nullptr);
  (*source)->Stop();
  (*source)->Stop();
  int left = 0;
  while (*(*source)->Next() != nullptr) ++left;
  EXPECT_LE(left, 10);
  EXPECT_THAT((*source)->warnings(), IsEmpty());
}

TEST(FileSource, TheSameFileGivesTheSamePixelsEveryTime) {
  const TempDir folder;
  ASSERT_TRUE(MakeVideo({.path = folder / "a.mp4", .b_frames = 3}));
  const Played once = Play({.url = folder / "a.mp4", .decode_threads = 1});
  const Played again = Play({.url = folder / "a.mp4", .decode_threads = 3});
  ASSERT_EQ(once.frames.size(), again.frames.size());
  for (std::size_t i = 0; i < once.frames.size(); ++i) {
    const Frame& a = *once.frames[i];
    const Frame& b = *again.frames[i];
    for (int y = 0; y < a.height; ++y) {
      const std::uint8_t* row = a.planes[0].data + std::ptrdiff_t{a.planes[0].stride} * y;
      ASSERT_TRUE(std::equal(row, row + a.width, b.planes[0].data + std::ptrdiff_t{b.planes[0].stride} * y));
    }
  }
}

TEST(OpenSource, BadFilesGetOneClearSentence) {
  const TempDir folder;
  EXPECT_THAT(OpenError(folder / "none.mp4"), AllOf(HasSubstr("none.mp4"), HasSubstr("no such file")));
  EXPECT_THAT(OpenError(folder.path()), HasSubstr("is a directory"));
  std::ofstream(folder / "empty.mp4").close();
  EXPECT_THAT(OpenError(folder / "empty.mp4"), AllOf(HasSubstr("empty.mp4"), HasSubstr("is empty")));
  for (const std::string name : {"text.mp4", "text.txt"}) {
    std::ofstream text(folder / name);
    for (int i = 0; i < 100; ++i) text << "this is not a video at all\n";
    text.close();
    EXPECT_THAT(OpenError(folder / name), AllOf(HasSubstr(name), HasSubstr("no video"))) << name;
  }
  MakeAudio(folder / "audio.mp4");
  EXPECT_THAT(OpenError(folder / "audio.mp4"), AllOf(HasSubstr("audio.mp4"), HasSubstr("no video")));
  ASSERT_TRUE(MakeVideo({.path = folder / "zero.mp4", .frames = 0}));
  EXPECT_THAT(OpenError(folder / "zero.mp4"), AllOf(HasSubstr("zero.mp4"), HasSubstr("no video")));
  ASSERT_TRUE(MakeVideo({.path = folder / "zero.mkv", .frames = 0}));
  EXPECT_THAT(OpenError(folder / "zero.mkv"), AllOf(HasSubstr("zero.mkv"), HasSubstr("no picture")));
  ASSERT_TRUE(MakeVideo({.path = folder / "half.mp4", .width = 320, .height = 240}));
  std::filesystem::resize_file(folder / "half.mp4", std::filesystem::file_size(folder / "half.mp4") / 2);
  EXPECT_THAT(OpenError(folder / "half.mp4"), AllOf(HasSubstr("half.mp4"), HasSubstr("incomplete")));
}

TEST(OpenSource, AFileWithoutPermissionSaysSo) {
  constexpr uid_t kNobody = 65534;
  const TempDir folder;
  ASSERT_TRUE(MakeVideo({.path = folder / "a.mp4"}));
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(folder / "a.mp4", std::filesystem::perms::none);
  const bool is_root = geteuid() == 0;  // whom nothing is forbidden
  if (is_root) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  const std::string error = OpenError(folder / "a.mp4");
  if (is_root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  EXPECT_THAT(error, AllOf(HasSubstr("a.mp4"), HasSubstr("Permission denied"), HasSubstr("permissions")));
}

TEST(OpenSource, CamerasThatAreNotThereAreNamedWithoutTheirPassword) {
  EXPECT_THAT(OpenError("/dev/video97"), AllOf(HasSubstr("/dev/video97"), HasSubstr("no such camera")));
  EXPECT_THAT(
      OpenError("rtsp://admin:s3cret@127.0.0.1:1/live"),
      AllOf(HasSubstr("rtsp://***@127.0.0.1:1/live"), HasSubstr("cannot be reached"), Not(HasSubstr("s3cret"))));
  EXPECT_THAT(OpenError("udp://admin:s3cret@127.0.0.1:1"), AllOf(HasSubstr("not supported"), Not(HasSubstr("s3cret"))));
}

}  // namespace
}  // namespace spotter::ingest
