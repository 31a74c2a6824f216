// SPDX-License-Identifier: Apache-2.0
// What else clips of files have to do: overlap, repeat, start over after a crash, hide people, play in browsers.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record_file.h"
#include "spotter/base/testing/temp_dir.h"
#include "spotter/clip/browser_proxy.h"
#include "spotter/clip/clip_files.h"
#include "spotter/clip/clip_writer.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/probe.h"
#include "spotter/media/testing/make_video.h"
#include "spotter/media/testing/play_file.h"

namespace spotter::clip {
namespace {

using media::testing::MakeVideo;
using media::testing::PlayFile;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using testing::Outcomes;
using testing::RecordFile;
using ::testing::SizeIs;

RecordClip Around(const std::string& event_id, milliseconds at) {
  return {.event_id = event_id,
          .camera_id = {},
          .at = at,
          .from = at - milliseconds(4'000),
          .to = at + milliseconds(4'000)};
}

class ClipBehaviour : public ::testing::Test {
 protected:
  std::string Video(const std::string& codec = "libx264") {
    std::string path = folder_ / (codec + ".mp4");
    EXPECT_TRUE(MakeVideo({.path = path, .codec = codec, .frames = 400, .keyframe_every = 50, .b_frames = 2}));
    return path;
  }
  ClipFiles Files(const std::string& event_id) const { return FilesOf(folder_ / "clips", event_id); }

  TempDir folder_;
};

TEST_F(ClipBehaviour, OverlappingEventsEachHaveTheirClip) {
  std::vector<RecordClip> requests;
  requests.reserve(8);
  for (int i = 0; i < 8; ++i) requests.push_back(Around("e" + std::to_string(i), milliseconds(4'000 + 520 * i)));
  const std::vector<ClipDone> done = RecordFile(Video(), folder_ / "clips", requests);
  ASSERT_THAT(done, SizeIs(8));
  for (const ClipDone& clip : done) {
    EXPECT_TRUE(clip.is_complete());
    EXPECT_THAT(PlayFile(clip.clip_path), SizeIs(200));
    EXPECT_TRUE(std::filesystem::exists(clip.thumbnail_path));
    EXPECT_EQ(media::Probe({.url = clip.thumbnail_path})->codec, "mjpeg");
  }
}

TEST_F(ClipBehaviour, TheSameEventTwiceIsOneClip) {
  const std::vector<RecordClip> requests = {Around("e1", milliseconds(6'000)), Around("e1", milliseconds(6'000))};
  EXPECT_THAT(RecordFile(Video(), folder_ / "clips", requests), SizeIs(1));
}

TEST_F(ClipBehaviour, NoIdLeadsOutOfTheFolder) {
  for (const std::string id : {"../../up", "a/b", ".hidden", "\xF0\x9F\x8F\x8B \xE4\xB8\xAD", "", "a\nb"}) {
    const std::filesystem::path video = FilesOf(folder_.path(), id).video;
    EXPECT_EQ(video.parent_path(), folder_.path()) << id;
    EXPECT_NE(video.filename().string().front(), '.');
  }
  EXPECT_NE(FilesOf("d", "a/b").video, FilesOf("d", "a/c").video);
}

TEST_F(ClipBehaviour, ASpoolThatWasLeftBehindBecomesAClip) {
  const std::string video = Video();
  std::filesystem::create_directories(folder_ / "clips");
  {
    media::IoWatch watch;
    const auto demuxer = std::move(media::Demuxer::Open({.url = video}, watch)).value();
    const auto stream = std::make_shared<const media::VideoStream>(demuxer->stream());
    SpoolWriter spool = std::move(SpoolWriter::Create(Files("e1").spool, Around("e1", milliseconds(6'000)))).value();
    for (int i = 0; i < 200; ++i) {  // 8 s: the event and half of its post-roll
      const media::Packet packet = **demuxer->Read();
      const std::array<media::StreamEntry, 2> entries = {
          media::StreamPacket{stream, packet},
          media::PictureTime{stream, *packet.pts(), *packet.pts(), UtcTime(*packet.pts())}};
      ASSERT_TRUE(spool.Append(entries).ok());
    }
  }
  std::ofstream(folder_ / "clips/broken.spool") << "nothing";
  Outcomes outcomes;
  const auto writer = ClipWriter::Open({.folder = folder_ / "clips"}, &outcomes);
  ASSERT_TRUE(writer.ok());
  ASSERT_THAT(outcomes.all(), SizeIs(1));
  const ClipDone clip = outcomes.all()[0];
  ASSERT_TRUE(clip.span) << clip.reason;
  EXPECT_EQ(clip.span->start, milliseconds(2'000));
  EXPECT_NEAR(ToSeconds(clip.span->end), 8, 0.1);
  EXPECT_THAT(clip.gaps.at(0).reason, HasSubstr("Spotter ended"));
  PlayFile(clip.clip_path);
  EXPECT_FALSE(std::filesystem::exists(Files("e1").spool));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "clips/broken.spool"));
}

TEST_F(ClipBehaviour, ACodecThatAnMp4CannotHoldIsAReason) {
  const std::string path = folder_ / "v.avi";
  ASSERT_TRUE(MakeVideo({.path = path, .codec = "huffyuv", .pixel_format = "yuv422p", .frames = 300}));
  const std::vector<ClipDone> done = RecordFile(path, folder_ / "clips", {Around("e1", milliseconds(6'000))});
  ASSERT_THAT(done, SizeIs(1));
  EXPECT_FALSE(done[0].span);
  EXPECT_THAT(done[0].reason, HasSubstr("huffyuv"));
  EXPECT_EQ(done[0].clip_path, Files("e1").video) << "who keeps order finds the rest beside it";
  EXPECT_TRUE(std::filesystem::exists(Files("e1").metadata));
  EXPECT_FALSE(std::filesystem::exists(Files("e1").spool));
}

TEST_F(ClipBehaviour, H265GetsAProxyThatBrowsersPlay) {
  const std::vector<ClipDone> done =
      RecordFile(Video("libx265"), folder_ / "clips", {Around("e1", milliseconds(6'000))});
  ASSERT_THAT(done, SizeIs(1));
  EXPECT_EQ(done[0].codec, "hevc");
  EXPECT_FALSE(done[0].plays_in_browsers);
  const std::string proxy = Files("e1").proxy;
  const Result<void> made = MakeBrowserProxy(done[0].clip_path, proxy);
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(media::Probe({.url = proxy})->codec, "h264");
  EXPECT_EQ(PlayFile(proxy).size(), PlayFile(done[0].clip_path).size());
  EXPECT_NEAR(ToSeconds(*media::Probe({.url = proxy})->duration), 8, 0.05);
  EXPECT_FALSE(MakeBrowserProxy(folder_ / "none.mp4", proxy).ok());
}

// One person who stands; a picture 20 times a second.
Perception SomebodyAt(Pts pts) {
  Perception perception = {.camera_id = CameraId("cam_01"), .pts = pts, .width = 1280, .height = 720};
  PerceivedPerson person{.track_id = TrackId(1), .confidence = 1, .box = {0.4F, 0.2F, 0.6F, 0.9F}};
  for (std::size_t i = 0; i < person.pose.keypoints.size(); ++i)
    person.pose.keypoints[i] = {0.45F + 0.01F * static_cast<float>(i), 0.2F + 0.04F * static_cast<float>(i), 1};
  perception.people.push_back(person);
  RoundToWire(perception);
  return perception;
}

TEST_F(ClipBehaviour, InPrivacyModeAClipIsDrawnFiguresAndAsExact) {
  Outcomes outcomes;
  const auto writer = ClipWriter::Open({.folder = folder_ / "clips", .skeleton_only = true}, &outcomes);
  ASSERT_TRUE(writer.ok());
  RecordClip request = Around("e1", milliseconds(6'000));
  request.camera_id = CameraId("cam_01");
  for (int i = 0; i < 400; ++i) {
    (*writer)->OnPerception(SomebodyAt(i * milliseconds(50)));
    if (i == 140) (*writer)->Record(request);
  }
  request.event_id = "e2";
  request.to = milliseconds(25'000);
  (*writer)->Record(request);
  (*writer)->Finish();
  ASSERT_THAT(outcomes.all(), SizeIs(2));
  const ClipDone clip = outcomes.all()[0];
  ASSERT_TRUE(clip.is_complete()) << clip.reason;
  EXPECT_TRUE(clip.skeleton_only);
  EXPECT_EQ(clip.span->start, milliseconds(2'000));
  EXPECT_EQ(clip.span->end, milliseconds(10'000));
  EXPECT_THAT(PlayFile(clip.clip_path), SizeIs(160));
  EXPECT_EQ(media::Probe({.url = clip.clip_path})->width, 640);
  EXPECT_TRUE(std::filesystem::exists(clip.thumbnail_path));
  EXPECT_EQ(outcomes.all()[1].gaps.at(0).reason, "the stream ended");
}

TEST_F(ClipBehaviour, ASkeletonClipSurvivesARestartToo) {
  std::filesystem::create_directories(folder_ / "clips");
  {
    SpoolWriter spool = std::move(SpoolWriter::Create(Files("e1").spool, Around("e1", milliseconds(6'000)))).value();
    for (int i = 30; i < 130; ++i) ASSERT_TRUE(spool.Append(SomebodyAt(i * milliseconds(50))).ok());
  }
  Outcomes outcomes;
  ASSERT_TRUE(ClipWriter::Open({.folder = folder_ / "clips", .skeleton_only = true}, &outcomes).ok());
  ASSERT_THAT(outcomes.all(), SizeIs(1));
  EXPECT_TRUE(outcomes.all()[0].skeleton_only);
  EXPECT_EQ(outcomes.all()[0].span->start, milliseconds(2'000));
  EXPECT_EQ(outcomes.all()[0].span->end, milliseconds(6'500));
}

}  // namespace
}  // namespace spotter::clip
