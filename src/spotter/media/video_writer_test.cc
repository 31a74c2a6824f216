// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/video_writer.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/media/decoder.h"
#include "spotter/media/frame_converter.h"
#include "spotter/media/png.h"
#include "spotter/media/scaler.h"
#include "spotter/media/testing/make_video.h"

namespace spotter::media {
namespace {

using std::chrono::milliseconds;

// A BGR picture of one colour.
struct Paint {
  Paint(int width, int height, std::array<std::uint8_t, 3> bgr)
      : pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3) {
    for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = bgr[i % 3];
    picture = {pixels.data(), width * 3, width, height};
  }
  std::vector<std::uint8_t> pixels;
  BgrPicture picture;
};

struct Shown {
  std::vector<std::int64_t> times_ms;
  std::vector<std::array<int, 3>> colors;       // BGR of the top left pixel
  std::vector<std::array<int, 3>> last_colors;  // and of the bottom right one
  int width = 0;
  int height = 0;
};

Shown Play(const std::string& path) {
  Shown shown;
  IoWatch watch;
  Result<std::unique_ptr<Demuxer>> demuxer = Demuxer::Open({.url = path}, watch);
  if (!demuxer.ok()) {
    ADD_FAILURE() << demuxer.error().message;
    return shown;
  }
  Result<std::unique_ptr<Decoder>> decoder = Decoder::Create((*demuxer)->stream());
  FrameConverter converter({});
  Scaler scaler(RgbOrder::kBgr);
  for (bool ended = false; !ended;) {
    Result<std::optional<Packet>> packet = (*demuxer)->Read();
    ended = !packet.ok() || !packet->has_value();
    ended ? (*decoder)->SendEnd() : (*decoder)->Send(**packet);
    while (const std::optional<DecodedPicture> decoded = (*decoder)->Receive()) {
      Result<Frame> frame = converter.Convert(*decoded);
      shown.width = frame->width;
      shown.height = frame->height;
      std::vector<std::uint8_t> pixels(static_cast<std::size_t>(frame->width) *
                                       static_cast<std::size_t>(frame->height) * 3);
      scaler.Scale(*frame, {pixels.data(), frame->width * 3, frame->width, frame->height});
      shown.colors.push_back({pixels[0], pixels[1], pixels[2]});
      const std::size_t last = pixels.size() - 3;
      shown.last_colors.push_back({pixels[last], pixels[last + 1], pixels[last + 2]});
      shown.times_ms.push_back(decoded->timestamp->count() / 1000);
    }
  }
  return shown;
}

TEST(VideoWriter, KeepsUnevenTimesColoursAndOddSizes) {
  const TempDir folder;
  const std::string path = folder / "out.mp4";
  const std::vector<int> times_ms = {0, 33, 66, 150, 151, 900};
  Result<VideoWriter> writer = VideoWriter::Create({.path = path, .width = 161, .height = 91});
  ASSERT_TRUE(writer.ok()) << writer.error().message;
  const Paint red(161, 91, {0, 0, 255});
  for (const int time_ms : times_ms) ASSERT_TRUE(writer->Write(red.picture, milliseconds(time_ms)).ok());
  EXPECT_FALSE(std::filesystem::exists(path)) << "a file that is not whole has no name yet";
  const Result<void> finished = writer->Finish();
  ASSERT_TRUE(finished.ok()) << finished.error().message;
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
  const Shown shown = Play(path);
  ASSERT_EQ(shown.times_ms.size(), times_ms.size());
  for (std::size_t i = 0; i < times_ms.size(); ++i) EXPECT_NEAR(shown.times_ms[i], times_ms[i], 1);
  EXPECT_EQ(shown.width, 162);
  EXPECT_EQ(shown.height, 92);
  for (const auto& corners : {shown.colors, shown.last_colors}) {
    for (const auto& bgr : corners) {
      EXPECT_NEAR(bgr[0], 0, 8);
      EXPECT_NEAR(bgr[2], 255, 8);
    }
  }
}

TEST(VideoWriter, HighDefinitionColoursAreRightToo) {
  const TempDir folder;
  const std::string path = folder / "out.mp4";
  Result<VideoWriter> writer = VideoWriter::Create({.path = path, .width = 1280, .height = 720});
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE(writer->Write(Paint(1280, 720, {0, 255, 0}).picture, Pts{0}).ok());
  ASSERT_TRUE(writer->Finish().ok());
  const Shown shown = Play(path);
  ASSERT_EQ(shown.colors.size(), 1U);
  EXPECT_NEAR(shown.colors[0][0], 0, 8);
  EXPECT_NEAR(shown.colors[0][1], 255, 8);
  EXPECT_NEAR(shown.colors[0][2], 0, 8);
}

TEST(VideoWriter, TheIndexComesFirst) {
  const TempDir folder;
  const std::string path = folder / "out.mp4";
  Result<VideoWriter> writer = VideoWriter::Create({.path = path, .width = 64, .height = 48});
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE(writer->Write(Paint(64, 48, {9, 9, 9}).picture, Pts{0}).ok());
  ASSERT_TRUE(writer->Finish().ok());
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_LT(bytes.str().find("moov"), bytes.str().find("mdat"));
}

TEST(VideoWriter, AnUnfinishedFileIsRemoved) {
  const TempDir folder;
  {
    Result<VideoWriter> writer = VideoWriter::Create({.path = folder / "out.mp4", .width = 64, .height = 48});
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->Write(Paint(64, 48, {9, 9, 9}).picture, Pts{0}).ok());
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(VideoWriter, PlacesThatCannotBeWrittenAreNamed) {
  const TempDir folder;
  const Result<VideoWriter> no_folder = VideoWriter::Create({.path = folder / "no/out.mp4", .width = 64, .height = 48});
  ASSERT_FALSE(no_folder.ok());
  EXPECT_EQ(no_folder.error().code, ErrorCode::kUnwritable);
  EXPECT_NE(no_folder.error().message.find("no/out.mp4 cannot be written"), std::string::npos);
  const Result<VideoWriter> no_mp4 = VideoWriter::Create({.path = folder / "out.avi", .width = 64, .height = 48});
  ASSERT_FALSE(no_mp4.ok());
  EXPECT_NE(no_mp4.error().message.find(".mp4"), std::string::npos);
}

TEST(VideoWriter, AFileThatCannotGrowIsAnErrorWithTheReason) {
  const TempDir folder;
  const std::string path = folder / "full.mp4";
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{.rlim_cur = 4096, .rlim_max = before.rlim_max};
  auto* const earlier = signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  Result<VideoWriter> writer = VideoWriter::Create({.path = path, .width = 640, .height = 480});
  ASSERT_TRUE(writer.ok());
  Result<void> outcome;
  for (int i = 0; i < 50 && outcome.ok(); ++i) {
    outcome = writer->Write(Paint(640, 480, {static_cast<std::uint8_t>(i), 9, 9}).picture, milliseconds(i * 40));
  }
  if (outcome.ok()) outcome = writer->Finish();
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, earlier);
  ASSERT_FALSE(outcome.ok());
  EXPECT_NE(outcome.error().message.find("full.mp4 cannot be written: File too large"), std::string::npos)
      << outcome.error().message;
}

TEST(VideoWriter, ADeviceIsRefused) {
  const TempDir folder;
  const std::string path = folder / "null.mp4";
  std::filesystem::create_symlink("/dev/null", path);
  const Result<VideoWriter> writer = VideoWriter::Create({.path = path, .width = 64, .height = 48});
  ASSERT_FALSE(writer.ok());
  EXPECT_NE(writer.error().message.find("pipe or device"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_symlink(path));
}

TEST(Png, IsWrittenWholeAndReadBack) {
  const TempDir folder;
  const std::string path = folder / "sheet.png";
  const Result<void> written = WritePng(OutputFile::Create(path).value(), Paint(101, 51, {200, 100, 50}).picture);
  ASSERT_TRUE(written.ok()) << written.error().message;
  const Shown shown = Play(path);
  ASSERT_EQ(shown.colors.size(), 1U);
  EXPECT_EQ(shown.width, 101);
  EXPECT_EQ(shown.height, 51);
  EXPECT_NEAR(shown.colors[0][0], 200, 4);
  EXPECT_NEAR(shown.colors[0][2], 50, 4);
}

}  // namespace
}  // namespace spotter::media
