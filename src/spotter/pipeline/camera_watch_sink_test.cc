// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/camera_watch_sink.h"

#include <vector>

#include <gtest/gtest.h>

namespace spotter::pipeline {
namespace {

using std::chrono::milliseconds;

// Keeps what is told, or refuses it.
class Seen : public store::CameraRepository {
 public:
  Result<void> SawFrame(const store::CameraSeen& seen) override {
    if (is_full) return MakeError(ErrorCode::kUnavailable, "disk full");
    all.push_back(seen);
    return {};
  }
  Result<std::vector<store::CameraSeen>> LastFrames() override { return all; }

  std::vector<store::CameraSeen> all;
  bool is_full = false;
};

Result<void> Show(CameraWatchSink& sink, const char* camera, std::optional<milliseconds> captured_at) {
  Perception perception;
  perception.camera_id = CameraId(camera);
  if (captured_at) perception.captured_at = UtcTime(*captured_at);
  return sink.Consume({.perception = perception, .scene = {}, .events = {}});
}

TEST(CameraWatchSink, NotesEachCameraEveryTwoSeconds) {
  Seen seen;
  CameraWatchSink sink(seen);
  for (int i = 0; i <= 40; ++i) {
    EXPECT_TRUE(Show(sink, "a", milliseconds(100 * i)).ok());
    EXPECT_TRUE(Show(sink, "b", milliseconds(100 * i)).ok());
  }
  ASSERT_EQ(seen.all.size(), 6U);
  EXPECT_EQ(seen.all.back().camera_id, "b");
  EXPECT_EQ(seen.all.back().last_frame_ts_utc, 4);
}

TEST(CameraWatchSink, APictureWithoutATimeAndAStoreThatFailsEndNoRun) {
  Seen seen;
  CameraWatchSink sink(seen);
  EXPECT_TRUE(Show(sink, "a", std::nullopt).ok());
  EXPECT_TRUE(seen.all.empty());
  seen.is_full = true;
  EXPECT_TRUE(Show(sink, "a", milliseconds(1'000)).ok());
}

}  // namespace
}  // namespace spotter::pipeline
