// SPDX-License-Identifier: Apache-2.0
// Live sources against a real RTSP server that is started, hung, killed and replaced.
#include <cmath>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "camera.h"
#include "spotter/base/testing/temp_dir.h"
#include "spotter/base/utc.h"
#include "spotter/ingest/frame_source.h"
#include "spotter/media/testing/make_video.h"

namespace spotter::ingest {
namespace {

using media::testing::MakeVideo;
using rtsp_test::Camera;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class LiveSource : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::string(SPOTTER_RTSP_SERVER).empty()) GTEST_SKIP() << "libgstrtspserver-1.0-dev is not installed";
    ASSERT_TRUE(MakeVideo({.path = video(), .frames = 50, .keyframe_every = 25, .b_frames = 0}));
  }

  std::string video() const { return folder_ / "camera.mp4"; }

  static SourceOptions Options(const std::string& url) {
    SourceOptions options;
    options.camera_id = CameraId("cam_01");
    options.url = url;
    options.connect_timeout = milliseconds(1'000);
    options.first_frame_timeout = milliseconds(3'000);
    options.stall_timeout = milliseconds(700);
    options.backoff_min = milliseconds(50);
    options.backoff_max = milliseconds(200);
    return options;
  }

  static std::unique_ptr<FrameSource> Open(const SourceOptions& options) {
    Result<std::unique_ptr<FrameSource>> source = OpenSource(options);
    EXPECT_TRUE(source.ok()) << source.error().message;
    return source.ok() ? std::move(source).value() : nullptr;
  }

  // Takes `count` frames and expects that their times only increase, after `last`.
  static std::vector<FramePtr> Take(FrameSource& source, int count, Pts last = Pts{-1}) {
    std::vector<FramePtr> frames;
    for (int i = 0; i < count; ++i) {
      Result<FramePtr> frame = source.Next();
      EXPECT_TRUE(frame.ok() && *frame != nullptr);
      if (!frame.ok() || *frame == nullptr) break;
      EXPECT_GT((*frame)->pts, last);
      last = (*frame)->pts;
      frames.push_back(*frame);
    }
    return frames;
  }

  TempDir folder_;
};

TEST_F(LiveSource, GivesFramesWithTheCamerasTimesAndTheWallClock) {
  const Camera camera(video());
  const auto source = Open(Options(camera.url()));
  ASSERT_NE(source, nullptr);
  const std::vector<FramePtr> frames = Take(*source, 30);
  ASSERT_EQ(frames.size(), 30U);
  EXPECT_LT(frames[0]->pts, milliseconds(1'000));     // those that came while connecting are too old
  for (std::size_t i = 10; i < frames.size(); ++i) {  // 25 a second; a busy machine may have dropped some
    const double steps = ToSeconds(frames[i]->pts - frames[i - 1]->pts) / 0.04;
    EXPECT_NEAR(steps, std::round(steps), 0.05);
  }
  const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  EXPECT_NEAR(ToSeconds(now - *frames[29]->captured_at), 0, 2);
  EXPECT_TRUE(source->info().live);
  EXPECT_EQ(source->info().codec, "h264");
  EXPECT_EQ(source->info().width, 96);
  EXPECT_EQ(source->stats().reconnects, 0U);
}

TEST_F(LiveSource, ComesBackAfterTheCameraWasReplaced) {
  auto camera = std::make_unique<Camera>(video());
  const int port = camera->port();
  const auto source = Open(Options(camera->url()));
  ASSERT_NE(source, nullptr);
  const Pts before = Take(*source, 10).back()->pts;
  const auto killed = steady_clock::now();
  camera->Kill();
  std::this_thread::sleep_for(milliseconds(600));
  ASSERT_TRUE(MakeVideo({.path = folder_ / "larger.mp4", .width = 160, .height = 120, .frames = 50, .b_frames = 2}));
  camera = std::make_unique<Camera>(folder_ / "larger.mp4", port);
  FramePtr frame;
  Pts last = before;
  do {
    frame = Take(*source, 1, last).at(0);
    last = frame->pts;
  } while (frame->width == 96);  // what was still queued
  const double away = std::chrono::duration<double>(steady_clock::now() - killed).count();
  EXPECT_EQ(frame->width, 160);
  EXPECT_EQ(frame->height, 120);
  EXPECT_NEAR(ToSeconds(frame->pts - before), away, 0.8) << "the gap in stream time is the time that passed";
  EXPECT_EQ(source->stats().reconnects, 1U);
  Take(*source, 10, last);
  EXPECT_THAT(source->warnings(), ::testing::Contains(HasSubstr("lost 1 times")));
}

TEST_F(LiveSource, NoticesACameraThatHangsWithItsConnectionOpen) {
  const Camera camera(video());
  const auto source = Open(Options(camera.url()));
  ASSERT_NE(source, nullptr);
  Pts last = Take(*source, 10).back()->pts;
  camera.Hang();
  std::this_thread::sleep_for(milliseconds(1'500));
  EXPECT_GT(*source->stats().frame_age, milliseconds(700));
  camera.GoOn();
  while (source->stats().reconnects == 0) last = Take(*source, 1, last).at(0)->pts;
  Take(*source, 10, last);
}

TEST_F(LiveSource, WaitsForACameraThatIsAwayAtTheStart) {
  int port = 0;
  std::string url;
  {
    const Camera camera(video());
    port = camera.port();
    url = camera.url();
  }
  SourceOptions options = Options(url);
  options.wait_for_camera = true;
  const auto source = Open(options);
  ASSERT_NE(source, nullptr);
  EXPECT_EQ(source->info().width, 0);
  EXPECT_FALSE(source->stats().frame_age.has_value());
  std::this_thread::sleep_for(milliseconds(200));
  const Camera camera(video(), port);
  EXPECT_EQ(Take(*source, 5).size(), 5U);
  EXPECT_EQ(source->info().width, 96);
}

TEST_F(LiveSource, WithoutWaitingAnAbsentOrSilentCameraIsAClearError) {
  std::string url;
  {
    Camera camera(video());
    url = camera.url();
    camera.Hang();
    const auto begin = steady_clock::now();
    const Result<std::unique_ptr<FrameSource>> silent = OpenSource(Options(url));
    ASSERT_FALSE(silent.ok());
    EXPECT_THAT(silent.error().message, HasSubstr("no answer within 1 s"));
    EXPECT_LT(steady_clock::now() - begin, milliseconds(2'500));
    camera.Kill();
  }
  const Result<std::unique_ptr<FrameSource>> absent = OpenSource(Options(url));
  ASSERT_FALSE(absent.ok());
  EXPECT_THAT(absent.error().message, HasSubstr("cannot be reached"));
}

TEST_F(LiveSource, PasswordsWorkAndNeverShow) {
  const Camera camera(video(), 0, {"admin", "s3cret"});
  const std::string host = camera.url().substr(std::string("rtsp://").size());
  EXPECT_EQ(Take(*Open(Options("rtsp://admin:s3cret@" + host)), 3).size(), 3U);
  ::testing::internal::CaptureStderr();
  const Result<std::unique_ptr<FrameSource>> refused = OpenSource(Options("rtsp://admin:wr0ng@" + host));
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), Not(HasSubstr("wr0ng")));
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message, AllOf(HasSubstr("password"), HasSubstr("***@"), Not(HasSubstr("wr0ng"))));
}

TEST_F(LiveSource, ThinsToTheWantedRate) {
  const Camera camera(video());
  SourceOptions options = Options(camera.url());
  options.fps = 10;
  const auto source = Open(options);
  ASSERT_NE(source, nullptr);
  const std::vector<FramePtr> frames = Take(*source, 11);
  ASSERT_EQ(frames.size(), 11U);
  EXPECT_NEAR(ToSeconds(frames[10]->pts - frames[0]->pts), 1.0, 0.09);
  EXPECT_GT(source->stats().thinned, 10U);
}

TEST_F(LiveSource, ASlowConsumerGetsTheNewestFramesAndTheRestIsCounted) {
  const Camera camera(video());
  const auto source = Open(Options(camera.url()));
  ASSERT_NE(source, nullptr);
  const Pts first = Take(*source, 1)[0]->pts;
  std::this_thread::sleep_for(milliseconds(1'500));
  const Pts next = Take(*source, 1, first)[0]->pts;
  EXPECT_GT(next - first, milliseconds(900));
  EXPECT_GT(source->stats().dropped, 15U);
  EXPECT_THAT(source->warnings(), ::testing::Contains(HasSubstr("dropped")));
}

TEST_F(LiveSource, StopEndsWaitingAtOnce) {
  const Camera camera(video());
  SourceOptions options = Options(camera.url());
  options.backoff_min = milliseconds(60'000);
  options.backoff_max = milliseconds(60'000);
  options.wait_for_camera = true;
  camera.Hang();
  const auto source = Open(options);
  ASSERT_NE(source, nullptr);
  for (const int wait_ms : {100, 1'300}) {  // while it connects, and while it waits to try again
    const auto other = Open(options);
    std::this_thread::sleep_for(milliseconds(wait_ms));
    const auto begin = steady_clock::now();
    std::thread stopper([&] { other->Stop(); });
    EXPECT_EQ(*other->Next(), nullptr);
    stopper.join();
    EXPECT_LT(steady_clock::now() - begin, milliseconds(500));
  }
}

}  // namespace
}  // namespace spotter::ingest
