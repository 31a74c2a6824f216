// SPDX-License-Identifier: Apache-2.0
// Clips of a live camera: a real RTSP server that is there, is killed, and comes back.
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "camera.h"
#include "spotter/base/testing/temp_dir.h"
#include "spotter/clip/clip_writer.h"
#include "spotter/ingest/frame_source.h"
#include "spotter/media/testing/make_video.h"
#include "spotter/media/testing/play_file.h"

namespace spotter {
namespace {

using media::testing::MakeVideo;
using media::testing::PlayFile;
using media::testing::ShownPicture;
using rtsp_test::Camera;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Gives one outcome after the other.
class Outcomes : public ClipObserver {
 public:
  void OnClipDone(const ClipDone& done) override {
    const std::lock_guard lock(mutex_);
    done_.push_back(done);
    came_.notify_all();
  }
  ClipDone Wait() {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(came_.wait_for(lock, std::chrono::seconds(30), [this] { return !done_.empty(); }));
    if (done_.empty()) return {};
    ClipDone done = done_.front();
    done_.erase(done_.begin());
    return done;
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<ClipDone> done_;
};

class LiveClip : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::string(SPOTTER_RTSP_SERVER).empty()) GTEST_SKIP() << "libgstrtspserver-1.0-dev is not installed";
    ASSERT_TRUE(MakeVideo({.path = video(), .frames = 50, .keyframe_every = 25, .b_frames = 0}));
  }
  std::string video() const { return folder_ / "camera.mp4"; }

  void Watch(const std::string& url) {
    ingest::SourceOptions options;
    options.url = url;
    options.ring = &ring_;
    options.stall_timeout = milliseconds(700);
    options.backoff_min = milliseconds(50);
    options.backoff_max = milliseconds(200);
    source_ = std::move(ingest::OpenSource(options)).value();
    writer_ = std::move(clip::ClipWriter::Open({.folder = folder_ / "clips"}, &outcomes_)).value();
    writer_->AddCamera(CameraId(), ring_);
  }

  // Looks on until stream time `until`, as a camera worker does.
  void LookUntil(Pts until) {
    Pts now{-1};
    while (now < until) {
      const FramePtr frame = *source_->Next();
      ASSERT_NE(frame, nullptr);
      now = frame->pts;
    }
  }

  static RecordClip Around(Pts at) {
    return {
        .event_id = "e1", .camera_id = {}, .at = at, .from = at - milliseconds(1'000), .to = at + milliseconds(1'000)};
  }

  static void ExpectPlays(const ClipDone& clip, std::size_t pictures) {
    const std::vector<ShownPicture> shown = PlayFile(clip.clip_path);
    EXPECT_NEAR(static_cast<double>(shown.size()), static_cast<double>(pictures), 1);
    EXPECT_EQ(shown.front().time, Pts{0});
    EXPECT_LT(shown.back().time, clip.span->end - clip.span->start);
  }

  TempDir folder_;
  Outcomes outcomes_;
  media::PacketRing ring_;
  std::unique_ptr<ingest::FrameSource> source_;
  std::unique_ptr<clip::ClipWriter> writer_;
};

TEST_F(LiveClip, IsExactAndReadySoonAfterItsPostRoll) {
  const Camera camera(video());
  Watch(camera.url());
  LookUntil(milliseconds(3'000));
  const auto commanded = steady_clock::now();
  writer_->Record(Around(milliseconds(2'500)));
  const ClipDone clip = outcomes_.Wait();
  const auto waited = steady_clock::now() - commanded;
  ASSERT_TRUE(clip.span) << clip.reason;
  EXPECT_TRUE(clip.gaps.empty());
  EXPECT_NEAR(ToSeconds(clip.span->start), 1.5, 0.041);
  EXPECT_NEAR(ToSeconds(clip.span->end), 3.5, 0.041);
  ExpectPlays(clip, 50);
  EXPECT_LT(waited, milliseconds(2'500)) << "0.5 s of post-roll and at most 2 s";
  const auto now = std::chrono::system_clock::now();
  EXPECT_NEAR(std::chrono::duration<double>(now - clip.span->end_at).count(), 0, 3);
  source_->Stop();
}

TEST_F(LiveClip, ACameraThatGoesAwayInThePostRollGivesWhatThereWas) {
  Camera camera(video());
  Watch(camera.url());
  LookUntil(milliseconds(3'000));
  camera.Kill();
  writer_->Record(Around(milliseconds(2'900)));
  const ClipDone clip = outcomes_.Wait();
  ASSERT_TRUE(clip.span) << clip.reason;
  ASSERT_EQ(clip.gaps.size(), 1U);
  EXPECT_EQ(clip.gaps[0].reason, "the camera sent no picture");
  EXPECT_EQ(clip.gaps[0].to, milliseconds(3'900));
  EXPECT_GT(clip.span->end, milliseconds(2'900));
  PlayFile(clip.clip_path);
  source_->Stop();
}

TEST_F(LiveClip, AcrossAReconnectItHasBothSidesAndAGap) {
  auto camera = std::make_unique<Camera>(video());
  const int port = camera->port();
  Watch(camera->url());
  LookUntil(milliseconds(3'000));
  camera->Kill();
  camera = std::make_unique<Camera>(video(), port);
  LookUntil(milliseconds(8'000));
  RecordClip request = Around(milliseconds(3'500));
  request.to = milliseconds(8'000);
  writer_->Record(request);
  const ClipDone clip = outcomes_.Wait();
  ASSERT_TRUE(clip.span) << clip.reason;
  EXPECT_NEAR(ToSeconds(clip.span->start), 2.5, 0.041);
  EXPECT_NEAR(ToSeconds(clip.span->end), 8.0, 0.041);
  for (const ClipGap& gap : clip.gaps) EXPECT_EQ(gap.reason, "the camera was away");
  PlayFile(clip.clip_path);
  source_->Stop();
}

}  // namespace
}  // namespace spotter
