// SPDX-License-Identifier: Apache-2.0
// VideoReader (Demuxer, Decoder and FrameConverter together), on videos of every kind.
#include <fstream>

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/media/camera_device.h"
#include "spotter/media/decoder.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/frame_converter.h"
#include "spotter/media/probe.h"
#include "spotter/media/testing/make_video.h"
#include "spotter/media/video_reader.h"

namespace spotter::media {
namespace {

using testing::kQuadrants;
using testing::MakeVideo;
using testing::NumberOf;
using testing::QuadrantsOf;
using testing::VideoSpec;

struct Decoded {
  VideoStream stream;
  std::vector<Frame> frames;
  std::vector<std::optional<std::chrono::microseconds>> timestamps;
  std::uint64_t corrupt = 0;
};

Decoded DecodeAll(const std::string& path, const DecoderOptions& options = {}) {
  Decoded decoded;
  IoWatch watch;
  const auto reader = VideoReader::Open({.demuxer = {.url = path}, .decoder = options}, watch);
  if (!reader.ok()) {
    ADD_FAILURE() << reader.error().message;
    return decoded;
  }
  decoded.stream = (*reader)->stream();
  for (auto picture = (*reader)->Next(); picture.ok() && picture->has_value(); picture = (*reader)->Next()) {
    const Result<Frame> frame = (*reader)->ToFrame(**picture);
    EXPECT_TRUE(frame.ok()) << frame.error().message;
    if (frame.ok()) decoded.frames.push_back(*frame);
    decoded.timestamps.push_back((*picture)->timestamp);
  }
  decoded.corrupt = (*reader)->corrupt();
  return decoded;
}

void ExpectQuadrants(const Frame& frame, const std::array<int, 4>& expected, int tolerance = 4) {
  const std::array<int, 4> actual = QuadrantsOf(frame);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(actual[i], expected[i], tolerance) << "quadrant " << i;
}

void ExpectAllInOrder(const Decoded& decoded, int frames) {
  ASSERT_EQ(static_cast<int>(decoded.frames.size()), frames);
  for (int i = 0; i < frames; ++i) EXPECT_EQ(NumberOf(decoded.frames[static_cast<std::size_t>(i)]), i);
}

TEST(Decode, ReorderedPicturesComeInOrderAndTheLastOnesAreFlushed) {
  const TempDir folder;
  for (const int threads : {1, 2}) {
    const std::string path = folder / "b_frames.mp4";
    ASSERT_TRUE(MakeVideo({.path = path, .b_frames = 3}));
    const Decoded decoded = DecodeAll(path, {.threads = threads});
    ExpectAllInOrder(decoded, 20);
    EXPECT_EQ(decoded.stream.codec, "h264");
    EXPECT_NEAR(decoded.stream.frame_rate, 25, 0.01);
    EXPECT_NEAR(ToSeconds(*decoded.stream.duration), 0.8, 0.01);
    ExpectQuadrants(decoded.frames[0], kQuadrants);
  }
}

struct Format {
  const char* name;
  VideoSpec spec;
};

void PrintTo(const Format& format, std::ostream* out) { *out << format.name; }

class DecodeFormat : public ::testing::TestWithParam<Format> {};

TEST_P(DecodeFormat, BecomesUprightEightBitI420) {
  const TempDir folder;
  VideoSpec spec = GetParam().spec;
  spec.path = folder / spec.path;
  if (!MakeVideo(spec)) GTEST_SKIP() << "this libav has no encoder " << spec.codec;
  const Decoded decoded = DecodeAll(spec.path);
  ExpectAllInOrder(decoded, spec.frames);
  EXPECT_EQ(decoded.frames[0].width, spec.width);
  EXPECT_EQ(decoded.frames[0].height, spec.height);
  ExpectQuadrants(decoded.frames[0], kQuadrants, 6);
}

INSTANTIATE_TEST_SUITE_P(
    Formats,
    DecodeFormat,
    ::testing::Values(
        Format{"H264Of10Bit", {.path = "a.mp4", .pixel_format = "yuv420p10le"}},
        Format{"H264Of422", {.path = "a.mp4", .pixel_format = "yuv422p"}},
        Format{"H264Of444", {.path = "a.mp4", .pixel_format = "yuv444p"}},
        Format{"Hevc", {.path = "a.mp4", .codec = "libx265"}},
        Format{"HevcOf10Bit", {.path = "a.mp4", .codec = "libx265", .pixel_format = "yuv420p10le"}},
        Format{"Vp9", {.path = "a.webm", .codec = "libvpx-vp9", .b_frames = 0}},
        Format{"Mpeg4InAvi", {.path = "a.avi", .codec = "mpeg4", .b_frames = 0}},
        Format{"OddSizes", {.path = "a.mkv", .codec = "ffv1", .width = 97, .height = 63, .b_frames = 0}},
        Format{"OddSizesOf444",
               {.path = "a.mkv", .codec = "ffv1", .pixel_format = "yuv444p", .width = 97, .height = 63, .b_frames = 0}},
        Format{"Rgb", {.path = "a.mkv", .codec = "ffv1", .pixel_format = "bgr0", .b_frames = 0}}),
    [](const auto& test) { return test.param.name; });

TEST(Decode, FullRangeIsKeptAndMarked) {
  const TempDir folder;
  const std::string path = folder / "a.avi";
  ASSERT_TRUE(MakeVideo({.path = path, .codec = "mjpeg", .pixel_format = "yuvj420p", .b_frames = 0}));
  const Decoded decoded = DecodeAll(path);
  ASSERT_FALSE(decoded.frames.empty());
  EXPECT_TRUE(decoded.frames[0].full_range);
}

TEST(Decode, GreyPicturesAreFullRangeUnlessTheySayElse) {
  const TempDir folder;
  const std::string path = folder / "a.mkv";
  ASSERT_TRUE(MakeVideo({.path = path, .codec = "ffv1", .pixel_format = "gray", .b_frames = 0}));
  const Decoded decoded = DecodeAll(path);
  ASSERT_FALSE(decoded.frames.empty());
  EXPECT_TRUE(decoded.frames[0].full_range);
  ExpectQuadrants(decoded.frames[0], {226, 168, 109, 51});  // kQuadrants from 16..235 to 0..255
}

TEST(Decode, PhoneVideosStandUpright) {
  const TempDir folder;
  // Clockwise quarter turns: which stored quadrant is top left, top right, bottom left, bottom right.
  const std::array<std::array<std::size_t, 4>, 4> turned = {{{0, 1, 2, 3}, {2, 0, 3, 1}, {3, 2, 1, 0}, {1, 3, 0, 2}}};
  for (std::size_t quarter = 0; quarter < 4; ++quarter) {
    const std::string path = folder / "turned.mp4";
    ASSERT_TRUE(MakeVideo({.path = path, .rotation_deg = static_cast<int>(quarter) * 90}));
    const Decoded decoded = DecodeAll(path);
    ASSERT_EQ(decoded.frames.size(), 20U);
    const bool sideways = quarter % 2 == 1;
    EXPECT_EQ(decoded.frames[0].width, sideways ? 64 : 96);
    EXPECT_EQ(decoded.stream.width, sideways ? 64 : 96);
    std::array<int, 4> expected{};
    for (std::size_t i = 0; i < 4; ++i) expected[i] = kQuadrants[turned[quarter][i]];
    ExpectQuadrants(decoded.frames[0], expected);
  }
}

TEST(Decode, PassedThroughPicturesShareTheDecodersMemoryAndOutliveIt) {
  const TempDir folder;
  const std::string path = folder / "a.mp4";
  ASSERT_TRUE(MakeVideo({.path = path}));
  const Decoded decoded = DecodeAll(path);
  ExpectAllInOrder(decoded, 20);  // read after decoder and demuxer are gone
}

TEST(Decode, DamagedPicturesAreCountedNotFatal) {
  const TempDir folder;
  const std::string path = folder / "a.ts";
  ASSERT_TRUE(MakeVideo({.path = path, .width = 320, .height = 240, .frames = 40, .keyframe_every = 20}));
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(0, std::ios::end);
  const auto size = static_cast<std::int64_t>(file.tellg());
  for (std::int64_t at = size / 3; at < size / 2; at += 7) {
    file.seekp(at);
    file.put('\x5a');
  }
  file.close();
  const Decoded decoded = DecodeAll(path);
  EXPECT_GT(decoded.frames.size(), 15U);
  EXPECT_GT(decoded.corrupt, 0U);
}

TEST(Packets, ShareTheirBytesAndKnowTheirKeyframes) {
  const TempDir folder;
  const std::string path = folder / "a.mp4";
  ASSERT_TRUE(MakeVideo({.path = path, .keyframe_every = 10, .b_frames = 0}));
  IoWatch watch;
  Result<std::unique_ptr<Demuxer>> demuxer = Demuxer::Open({.url = path}, watch);
  ASSERT_TRUE(demuxer.ok());
  std::vector<Packet> packets;
  while (true) {
    Result<std::optional<Packet>> packet = (*demuxer)->Read();
    ASSERT_TRUE(packet.ok());
    if (!packet->has_value()) break;
    packets.push_back(**packet);
  }
  ASSERT_EQ(packets.size(), 20U);
  for (std::size_t i = 0; i < packets.size(); ++i) {
    EXPECT_EQ(packets[i].is_keyframe(), i % 10 == 0) << i;
    EXPECT_GT(packets[i].size(), 0U);
    EXPECT_EQ(*packets[i].pts() - *packets[0].pts(), std::chrono::milliseconds(40 * i));
  }
  const Packet copy = packets[0];
  EXPECT_EQ(&copy.av(), &packets[0].av());
}

TEST(Demuxer, AStoppedWatchEndsReading) {
  const TempDir folder;
  const std::string path = folder / "a.mp4";
  ASSERT_TRUE(MakeVideo({.path = path}));
  IoWatch watch;
  Result<std::unique_ptr<Demuxer>> demuxer = Demuxer::Open({.url = path}, watch);
  ASSERT_TRUE(demuxer.ok());
  watch.Stop();
  EXPECT_FALSE((*demuxer)->Read().ok());
}

TEST(Demuxer, CamerasAtDevVideoHaveAFormat) {
  const Result<const AVInputFormat*> format = CameraDeviceFormat();
  ASSERT_TRUE(format.ok()) << format.error().message;
  EXPECT_NE(*format, nullptr);
}

TEST(Probe, TellsWhatAFileHolds) {
  const TempDir folder;
  const std::string path = folder / "a.mp4";
  ASSERT_TRUE(MakeVideo({.path = path, .creation_time = "2026-03-01T10:00:12Z"}));
  Result<VideoStream> stream = Probe({.url = path});
  ASSERT_TRUE(stream.ok()) << stream.error().message;
  EXPECT_EQ(stream->codec, "h264");
  EXPECT_EQ(stream->width, 96);
  EXPECT_EQ(stream->height, 64);
  EXPECT_TRUE(stream->creation_time.has_value());
}

TEST(Probe, DebiansLibavReadsWhatCamerasAndPhonesWrite) {
  for (const CodecSupport& codec : ListCodecs()) EXPECT_TRUE(codec.can_decode) << codec.codec;
  EXPECT_FALSE(LibavVersion().empty());
}

}  // namespace
}  // namespace spotter::media
