// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/retention.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/base/utc.h"
#include "spotter/codec/clip_json.h"
#include "spotter/store/clip_folder.h"
#include "spotter/store/sqlite/sqlite_store.h"

namespace spotter::store {
namespace {

constexpr double kDay_s = 86'400;  // NOLINT(readability-identifier-naming): unit suffix

class RetentionTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = OpenSqliteStore({.path = folder_ / "events.db", .deliver = {}, .now = [this] { return stored_; }});
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    store_ = std::move(opened).value();
  }

  std::filesystem::path Video(const std::string& id) const { return folder_ / (id + ".mp4"); }

  // An event `days` old with a clip of 100 bytes and its companions.
  void Add(const std::string& id, double days) {
    EventRecord record;
    record.event_id = id;
    record.type = "cleaning_attempt";
    record.ts_utc = 3;  // a video without a creation time
    stored_ = FromUnixSeconds((100 - days) * kDay_s);
    ASSERT_TRUE(store_->events().Append({&record, 1}).ok());
    for (const char* suffix : {".mp4", ".jpg", ".json"}) std::ofstream(folder_ / (id + suffix)) << id;
    ASSERT_TRUE(store_->events().SetMedia(id, {.path = Video(id).string(), .bytes = 100}).ok());
  }
  RetentionSummary Enforce(const RetentionOptions& options) {
    const auto summary = Retention(store_->retention(), options).Enforce(now_);
    EXPECT_TRUE(summary.ok());
    return summary.ok() ? *summary : RetentionSummary{};
  }
  std::vector<std::string> ClipIds() {
    std::vector<std::string> ids;
    const auto clips = store_->retention().Clips();
    EXPECT_TRUE(clips.ok());
    ids.reserve(clips->size());
    for (const StoredClip& clip : *clips) ids.push_back(clip.event_id);
    return ids;
  }

  const TempDir folder_;
  std::unique_ptr<Store> store_;
  const UtcTime now_{std::chrono::days(100)};
  UtcTime stored_ = now_;
};

using Ids = std::vector<std::string>;

TEST_F(RetentionTest, WithoutLimitsNothingGoes) {
  Add("a", 99);
  EXPECT_EQ(Enforce({}).clips_removed, 0);
  EXPECT_TRUE(std::filesystem::exists(Video("a")));
}

TEST_F(RetentionTest, OldClipsGoWithTheirCompanionsAndPinnedOnesStay) {
  Add("old", 31);
  Add("pinned", 40);
  Add("new", 29);
  ASSERT_TRUE(store_->events().SetPinned("pinned", true).ok());
  const RetentionSummary summary = Enforce({.clip_age = std::chrono::days(30)});
  EXPECT_EQ(summary.clips_removed, 1);
  EXPECT_EQ(summary.bytes_removed, 100);
  EXPECT_EQ(ClipIds(), (Ids{"pinned", "new"}));
  for (const char* suffix : {".mp4", ".jpg", ".json"})
    EXPECT_FALSE(std::filesystem::exists(folder_ / ("old" + std::string(suffix))));
  const auto event = store_->events().Find("old");
  ASSERT_TRUE(event->has_value()) << "the event itself stays";
  EXPECT_EQ((*event)->record.media.path, "") << "and says that it has no clip";
}

TEST_F(RetentionTest, AQuotaIsWorkedDownToTheLowWaterMarkOldestFirst) {
  for (int i = 0; i < 10; ++i) Add(std::to_string(i), 20 - i);
  EXPECT_EQ(Enforce({.clip_bytes = 1000}).clips_removed, 0) << "exactly full is not too full";
  Add("10", 1);
  EXPECT_EQ(Enforce({.clip_bytes = 1000}).clips_removed, 2);
  EXPECT_EQ(ClipIds().front(), "2");
  EXPECT_EQ(ClipIds().size(), 9U);
}

TEST_F(RetentionTest, PinnedClipsCountButAreNeverRemoved) {
  for (const char* id : {"a", "b", "c"}) {
    Add(id, 9);
    ASSERT_TRUE(store_->events().SetPinned(id, true).ok());
  }
  EXPECT_EQ(Enforce({.clip_bytes = 100}).clips_removed, 0);
}

TEST_F(RetentionTest, AFullDiskRemovesTheOldestClips) {
  Add("a", 9);
  Add("b", 8);
  EXPECT_EQ(Enforce({.free_bytes = 1}).clips_removed, 0);
  EXPECT_EQ(Enforce({.free_bytes = std::numeric_limits<std::int64_t>::max()}).clips_removed, 2);
}

TEST_F(RetentionTest, RowsWhoseFilesAreGoneForgetThem) {
  Add("a", 9);
  Add("b", 9);
  for (const char* suffix : {".mp4", ".jpg", ".json"}) std::filesystem::remove(folder_ / (std::string("a") + suffix));
  EXPECT_EQ(*Retention(store_->retention(), {}).Reconcile(), 1);
  EXPECT_EQ(ClipIds(), Ids{"b"});
}

TEST_F(RetentionTest, AFolderWithoutAnyOfItsClipsForgetsNothing) {
  const std::filesystem::path disk = folder_ / "disk";
  Add("here", 9);
  Add("away1", 9);
  Add("away2", 9);
  for (const char* id : {"away1", "away2"}) {
    ASSERT_TRUE(store_->events().SetMedia(id, {.path = (disk / id).replace_extension(".mp4"), .bytes = 100}).ok());
  }
  EXPECT_EQ(*Retention(store_->retention(), {}).Reconcile(), 0) << "there is no such folder";
  std::filesystem::create_directory(disk);
  EXPECT_EQ(*Retention(store_->retention(), {}).Reconcile(), 0) << "it is empty, as where a disk is mounted";
  EXPECT_EQ(ClipIds(), (Ids{"here", "away1", "away2"}));
  std::ofstream(disk / "away1.mp4") << "video";
  EXPECT_EQ(*Retention(store_->retention(), {}).Reconcile(), 1) << "the disk is there and one clip is not";
  EXPECT_EQ(ClipIds(), (Ids{"here", "away1"}));
}

TEST_F(RetentionTest, OfAClipTheVideoIsRemovedFirstAndTheMetadataLast) {
  Add("a", 9);
  const std::filesystem::path video = Video("a");
  const auto block = [](const std::filesystem::path& file) {  // a folder that is not empty cannot be removed
    std::filesystem::remove(file);
    std::filesystem::create_directories(file / "inside");
  };
  block(folder_ / "a.jpg");
  EXPECT_TRUE(RemoveClipFiles(video));
  EXPECT_FALSE(std::filesystem::exists(video));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "a.json")) << "another round finds what is left by it";
  std::filesystem::remove_all(folder_ / "a.jpg");
  EXPECT_FALSE(RemoveClipFiles(video));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a.json"));
}

TEST_F(RetentionTest, OldEventsGoOnceTheirClipsAreGone) {
  Add("old", 50);
  Add("new", 5);
  EXPECT_EQ(Enforce({.event_age = std::chrono::days(30)}).events_removed, 0);
  EXPECT_EQ(Enforce({.clip_age = std::chrono::days(10), .event_age = std::chrono::days(30)}).events_removed, 1);
  EXPECT_FALSE(store_->events().Find("old")->has_value());
}

TEST_F(RetentionTest, FilesThatCameLaterCountAndGoToo) {
  Add("a", 3);
  Add("b", 2);
  std::ofstream(folder_ / "a.jsonl") << std::string(500, 'x');
  EXPECT_EQ(Enforce({.clip_bytes = 650}).clips_removed, 1);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a.jsonl"));
  EXPECT_EQ(ClipIds(), std::vector<std::string>{"b"});
}

TEST_F(RetentionTest, WhatSomebodyLeftOfAClipGoesWhenTheClipWouldHave) {
  Add("a", 31);
  std::filesystem::remove(Video("a"));
  EXPECT_EQ(*Retention(store_->retention(), {}).Reconcile(), 0);
  EXPECT_EQ(Enforce({.clip_age = std::chrono::days(30)}).clips_removed, 1);
  for (const char* suffix : {".jpg", ".json"})
    EXPECT_FALSE(std::filesystem::exists(folder_ / ("a" + std::string(suffix)))) << suffix;
}

class ReconcileFolderTest : public RetentionTest {
 protected:
  // A finished clip on the disk, as the clip writer leaves it.
  void WriteClip(const std::string& id) const {
    ClipDone clip;
    clip.request.event_id = id;
    clip.span = ClipSpan{.start_at = UtcTime(std::chrono::seconds(100)), .end_at = UtcTime(std::chrono::seconds(108))};
    std::ofstream(Video(id)) << "video";
    std::ofstream(folder_ / (id + ".jpg")) << "picture";
    std::ofstream(folder_ / (id + ".json")) << codec::ClipToJson(clip);
  }
  // Metadata that say why there is no clip, and the poses.
  void WriteFailedClip(const std::string& id) const {
    ClipDone clip;
    clip.request.event_id = id;
    clip.reason = "the camera was away";
    std::ofstream(folder_ / (id + ".json")) << codec::ClipToJson(clip);
    std::ofstream(folder_ / (id + ".jsonl")) << "poses";
  }
  bool HasFiles(const std::string& id) const {
    return std::filesystem::exists(folder_ / (id + ".json")) || std::filesystem::exists(folder_ / (id + ".jsonl"));
  }
  void Age(const std::string& id, int days) const {
    std::filesystem::last_write_time(folder_ / (id + ".json"),
                                     std::filesystem::file_time_type::clock::now() - std::chrono::days(days));
  }
  void AddEvent(const std::string& id, double days = 100) {
    EventRecord record;
    record.event_id = id;
    record.type = "cleaning_attempt";
    record.ts_utc = 3;
    stored_ = FromUnixSeconds((100 - days) * kDay_s);
    record.media = {.path = Video(id).string(), .start_ts_utc = 3, .end_ts_utc = 4};
    ASSERT_TRUE(store_->events().Append({&record, 1}).ok());
  }
  FolderSummary Reconcile(double orphan_days) {
    const std::chrono::duration<double> age(orphan_days * kDay_s);
    return Reconcile({.clip = age, .leftover = age});
  }
  FolderSummary Reconcile(const OrphanAges& ages) {
    const auto summary = ReconcileFolder(folder_.path(), *store_, ages);
    EXPECT_TRUE(summary.ok());
    return summary.ok() ? *summary : FolderSummary{};
  }
};

TEST_F(ReconcileFolderTest, AClipThatTheStoreWasNotToldOfIsAdopted) {
  AddEvent("a");
  WriteClip("a");
  EXPECT_EQ(Reconcile(0).adopted, 1);
  EXPECT_EQ(ClipIds(), std::vector<std::string>{"a"});
  const auto event = store_->events().Find("a");
  EXPECT_EQ((*event)->record.media.path, Video("a").string());
  EXPECT_EQ((*event)->record.media.end_ts_utc, 108);
  EXPECT_EQ(Reconcile(0).adopted, 0) << "it is known now";
}

TEST_F(ReconcileFolderTest, AnOldClipOfNoEventIsRemovedAndANewOneStays) {
  WriteClip("old");
  WriteClip("new");
  Age("old", 3);
  EXPECT_EQ(Reconcile(0).removed, 0) << "no limit";
  EXPECT_EQ(Reconcile(2).removed, 1);
  EXPECT_FALSE(std::filesystem::exists(Video("old")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "old.json"));
  EXPECT_TRUE(std::filesystem::exists(Video("new")));
}

TEST_F(ReconcileFolderTest, WhatIsLeftOfAFailedClipGoesByItsEventsAge) {
  AddEvent("old", 31);
  AddEvent("new", 29);
  for (const char* id : {"old", "new"}) WriteFailedClip(id);
  EXPECT_EQ(Reconcile(0).adopted, 2);
  EXPECT_EQ((*store_->events().Find("old"))->record.media.end_ts_utc, 4) << "its times stay";
  EXPECT_EQ(Enforce({.clip_age = std::chrono::days(30)}).clips_removed, 1);
  EXPECT_FALSE(HasFiles("old"));
  EXPECT_TRUE(HasFiles("new"));
}

TEST_F(ReconcileFolderTest, WhatIsLeftOfAFailedClipCountsAndStaysOnlyWherePinned) {
  for (const char* id : {"a", "b"}) {
    AddEvent(id);
    WriteFailedClip(id);
  }
  EXPECT_EQ(Reconcile(0).adopted, 2);
  ASSERT_TRUE(store_->events().SetPinned("a", true).ok());
  EXPECT_EQ(Enforce({.clip_bytes = 1}).clips_removed, 1);
  EXPECT_TRUE(HasFiles("a"));
  EXPECT_FALSE(HasFiles("b"));
}

TEST_F(ReconcileFolderTest, AnEventThatExpiresTakesWhatIsLeftOfItsFailedClipAlong) {
  AddEvent("a", 31);
  WriteFailedClip("a");
  AddEvent("b", 31);
  WriteClip("b");
  EXPECT_EQ(Reconcile(0).adopted, 2);
  EXPECT_EQ(Enforce({.event_age = std::chrono::days(30)}).events_removed, 1);
  EXPECT_FALSE(HasFiles("a"));
  EXPECT_EQ(ClipIds(), Ids{"b"}) << "a clip outlives the age of events";
}

TEST_F(ReconcileFolderTest, WhatIsLeftOfAFailedClipOfNoEventIsRemoved) {
  WriteFailedClip("old");
  WriteFailedClip("new");
  Age("old", 3);
  EXPECT_EQ(Reconcile(2).removed, 1);
  EXPECT_FALSE(HasFiles("old"));
  EXPECT_TRUE(HasFiles("new"));
}

TEST_F(ReconcileFolderTest, AVideoOfNoEventStaysWhereClipsHaveNoLimit) {
  WriteClip("video");
  WriteFailedClip("failed");
  for (const char* id : {"video", "failed"}) Age(id, 400);
  EXPECT_EQ(Reconcile({.clip = {}, .leftover = std::chrono::days(365)}).removed, 1);
  EXPECT_TRUE(std::filesystem::exists(Video("video")));
  EXPECT_TRUE(HasFiles("video"));
  EXPECT_FALSE(HasFiles("failed"));
}

TEST_F(ReconcileFolderTest, FilesOfOthersAreLeftAlone) {
  std::ofstream(folder_ / "notes.json") << "{\"mine\": true}";
  std::ofstream(folder_ / "notes.mp4") << "holiday";
  WriteClip("long");
  std::ofstream(folder_ / "long.json", std::ios::app) << std::string(64 * 1024, ' ');  // longer than ours ever are
  Age("long", 300);
  std::filesystem::last_write_time(folder_ / "notes.mp4",
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(7200));
  const FolderSummary summary = Reconcile(2);
  EXPECT_EQ(summary.adopted + summary.removed, 0);
  for (const char* id : {"notes", "long"}) EXPECT_TRUE(std::filesystem::exists(Video(id))) << id;
}

}  // namespace
}  // namespace spotter::store
