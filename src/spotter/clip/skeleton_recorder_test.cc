// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/skeleton_recorder.h"

#include <chrono>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/media/testing/make_video.h"

namespace spotter::clip {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

const CameraId kCamera("cam_01");

// Hands over the first clip that it is told of.
class FirstClip : public ClipObserver {
 public:
  void OnClipDone(const ClipDone& done) override { clip_.set_value(done); }
  std::future<ClipDone> Get() { return clip_.get_future(); }

 private:
  std::promise<ClipDone> clip_;
};

class SkeletonRecorderTest : public testing::Test {
 protected:
  void Show(int ms) {
    Perception perception;
    perception.camera_id = kCamera;
    perception.pts = milliseconds(ms);
    perception.width = 640;
    perception.height = 360;
    memory_.Add(perception);
    recorder_.OnPerception(perception);
  }
  void Record(int to_ms) {
    recorder_.Record({.event_id = "e", .camera_id = kCamera, .from = milliseconds(0), .to = milliseconds(to_ms)});
  }

  TempDir folder_;
  FirstClip first_;
  std::future<ClipDone> clip_ = first_.Get();
  PerceptionMemory memory_{milliseconds(60'000)};
  SkeletonRecorder recorder_{{.folder = folder_.path(), .patience = milliseconds(1)}, memory_, &first_};
};

TEST_F(SkeletonRecorderTest, ALiveCameraThatNeverComesBackGivesAClipOfWhatItShowed) {
  recorder_.MarkLive(kCamera);
  for (int ms = 0; ms <= 400; ms += 100) Show(ms);
  Record(900);
  const ClipDone clip = clip_.get();
  ASSERT_TRUE(clip.span) << clip.reason;
  ASSERT_EQ(clip.gaps.size(), 1U);
  EXPECT_THAT(clip.gaps.front().reason, HasSubstr("the camera sent no picture"));
}

TEST_F(SkeletonRecorderTest, AFileMayTakeItsTime) {
  for (int ms = 0; ms <= 400; ms += 100) Show(ms);
  Record(450);
  EXPECT_EQ(clip_.wait_for(milliseconds(700)), std::future_status::timeout) << "the rest is still to come";
  Show(500);
  EXPECT_TRUE(clip_.get().is_complete());
}

}  // namespace
}  // namespace spotter::clip
