// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/store_sink.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace spotter::pipeline {
namespace {

using std::chrono::milliseconds;

// Keeps what is appended.
class Appended : public store::EventRepository {
 public:
  Result<std::vector<store::AppendOutcome>> Append(std::span<const EventRecord> records) override {
    all.insert(all.end(), records.begin(), records.end());
    return std::vector<store::AppendOutcome>(records.size(), store::AppendOutcome::kCreated);
  }
  Result<std::vector<StoredEvent>> List(const store::EventQuery& /*query*/) override { return Nothing(); }
  Result<std::vector<StoredEvent>> ListAfter(std::int64_t /*seq*/, const store::EventQuery& /*query*/) override {
    return Nothing();
  }
  Result<std::optional<StoredEvent>> Find(std::string_view /*event_id*/) override { return Nothing(); }
  Result<std::vector<std::string>> ZoneIds() override { return Nothing(); }
  Result<void> SetMedia(std::string_view /*event_id*/, const store::ClipFile& /*clip*/) override { return Nothing(); }
  Result<void> SetPinned(std::string_view /*event_id*/, bool /*pinned*/) override { return Nothing(); }

  std::vector<EventRecord> all;

 private:
  static Error Nothing() { return MakeError(ErrorCode::kNotFound, "nothing is kept"); }
};

MediaRef MediaOfEventAt(milliseconds pts, const StoreSinkOptions& options) {
  Event event;
  event.event_id = "event_1";
  event.gym_id = GymId("gym_01");
  event.camera_id = CameraId("cam_01");
  event.pts = pts;
  event.data = SetStarted{.exercise = "squat"};
  Appended appended;
  StoreSink sink(appended, options);
  EXPECT_TRUE(sink.Finish({&event, 1}).ok());
  EXPECT_EQ(appended.all.size(), 1U);
  return appended.all.at(0).media;
}

const StoreSinkOptions kWithClips = {.clips_dir = "clips", .clips = {.events = {"set_started"}}};

TEST(StoreSink, AnEventNamesThePlaceAndTimeOfItsClip) {
  const MediaRef media = MediaOfEventAt(milliseconds(10'000), kWithClips);
  EXPECT_EQ(media.path, "clips/event_1.mp4");
  EXPECT_EQ(media.start_ts_utc, 6);
  EXPECT_EQ(media.end_ts_utc, 14);
}

TEST(StoreSink, NoClipBeginsBeforeItsStream) {
  EXPECT_EQ(MediaOfEventAt(milliseconds(2'500), kWithClips).start_ts_utc, 0) << "receivers refuse times before 1970";
}

TEST(StoreSink, WithoutClipsThereIsNoPlace) {
  EXPECT_EQ(MediaOfEventAt(milliseconds(10'000), {}).path, "");
  EXPECT_EQ(MediaOfEventAt(milliseconds(10'000), {.clips_dir = "clips", .clips = {}}).path, "");
}

}  // namespace
}  // namespace spotter::pipeline
