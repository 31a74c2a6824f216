// SPDX-License-Identifier: Apache-2.0
// The contract of store::Store. Each implementation is one instance below.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/store/group_commit.h"
#include "spotter/store/sqlite/sqlite_store.h"
#include "spotter/store/store.h"

namespace spotter::store {
namespace {

using std::chrono::seconds;

struct Implementation {
  const char* name;
  Result<std::unique_ptr<Store>> (*open)(const StoreOptions& options);
};
void PrintTo(const Implementation& implementation, std::ostream* out) { *out << implementation.name; }

EventRecord Record(const std::string& id, double ts_utc, const std::string& zone = "bench_01") {
  EventRecord record;
  record.event_id = id;
  record.type = "machine_occupied_start";
  record.gym_id = "gym_demo";
  record.camera_id = "cam_01";
  record.person_id = "p_7";
  record.track_id = "7";
  record.zone_id = zone;
  record.ts_utc = ts_utc;
  record.data = R"({"dwell_s":5.2})";
  record.media = {.kind = "CLIP", .path = id + ".mp4", .start_ts_utc = ts_utc - 4, .end_ts_utc = ts_utc + 4};
  return record;
}

class StoreContract : public testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override { store_ = Open(); }
  std::unique_ptr<Store> Open() const {
    Result<std::unique_ptr<Store>> opened =
        GetParam().open({.path = folder_ / "events.db",
                         .deliver = [](std::string_view type) { return type != "private"; },
                         .now = [this] { return now_; }});
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().message);
    return opened.ok() ? std::move(opened).value() : nullptr;
  }

  // The outcome of appending one record.
  AppendOutcome Append(const EventRecord& record) {
    const Result<std::vector<AppendOutcome>> outcomes = store_->events().Append({&record, 1});
    EXPECT_TRUE(outcomes.ok()) << (outcomes.ok() ? "" : outcomes.error().message);
    return outcomes->front();
  }

  std::vector<std::string> Listed(const EventQuery& query) {
    std::vector<std::string> ids;
    const auto events = store_->events().List(query);
    EXPECT_TRUE(events.ok());
    ids.reserve(events->size());
    for (const StoredEvent& event : *events) ids.push_back(event.record.event_id);
    return ids;
  }

  std::vector<std::string> WaitingIds() {
    std::vector<std::string> ids;
    const auto entries = store_->outbox().Waiting(0, 100);
    EXPECT_TRUE(entries.ok());
    ids.reserve(entries->size());
    for (const OutboxEntry& entry : *entries) ids.push_back(entry.event.record.event_id);
    return ids;
  }

  const TempDir folder_;
  UtcTime now_{seconds(100)};
  std::unique_ptr<Store> store_;
};

using Ids = std::vector<std::string>;

TEST_P(StoreContract, AnEventComesBackAsItWasAppended) {
  EventRecord record = Record(std::string("\xF0\x9F\x8F\x8B/../\0'\"%", 11), 1767261600.2534567);
  record.pts_s = 12.466;
  record.raised_pts_s = 17.5;
  record.needs_mm = true;
  EXPECT_EQ(Append(record), AppendOutcome::kCreated);
  const auto found = store_->events().Find(record.event_id);
  ASSERT_TRUE(found.ok());
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->record, record);
  EXPECT_EQ((*found)->enrichment.status, MmStatus::kPending);
  EXPECT_FALSE(store_->events().Find("other")->has_value());
}

TEST_P(StoreContract, TheSameIdAgainChangesNothing) {
  EXPECT_EQ(Append(Record("a", 100)), AppendOutcome::kCreated);
  EXPECT_EQ(Append(Record("a", 999, "elsewhere")), AppendOutcome::kDuplicate);
  EXPECT_EQ((*store_->events().Find("a"))->record, Record("a", 100));
  EXPECT_EQ(WaitingIds(), Ids{"a"});
}

TEST_P(StoreContract, DuplicatesWithinOneTransactionAreSeen) {
  const std::vector<EventRecord> records{Record("a", 1), Record("b", 2), Record("a", 3)};
  const auto outcomes = store_->events().Append(records);
  ASSERT_TRUE(outcomes.ok());
  EXPECT_EQ(*outcomes, (std::vector{AppendOutcome::kCreated, AppendOutcome::kCreated, AppendOutcome::kDuplicate}));
}

TEST_P(StoreContract, EventsSurviveReopening) {
  Append(Record("a", 100));
  const std::string secret = *store_->Secret();
  store_.reset();
  store_ = Open();
  EXPECT_EQ(Listed({.limit = 10}), Ids({"a"}));
  EXPECT_EQ(secret.size(), 32U);
  EXPECT_EQ(*store_->Secret(), secret);
}

TEST_P(StoreContract, ZonesAreNamedOnceAndSorted) {
  EXPECT_EQ(*store_->events().ZoneIds(), Ids{});
  Append(Record("a", 100, "rack"));
  Append(Record("b", 200, "bench_01"));
  Append(Record("c", 300, "rack"));
  Append(Record("d", 400, ""));
  EXPECT_EQ(*store_->events().ZoneIds(), Ids({"bench_01", "rack"}));
}

TEST_P(StoreContract, ListFiltersWithInclusiveBoundsNewestFirst) {
  Append(Record("a", 100));
  Append(Record("b", 300, "bench_02"));
  Append(Record("c", 200));
  EXPECT_EQ(Listed({.limit = 10}), Ids({"b", "c", "a"}));
  EXPECT_EQ(Listed({.limit = 2}), Ids({"b", "c"}));
  EXPECT_EQ(Listed({.start_ts = 200, .end_ts = 300, .limit = 10}), Ids({"b", "c"}));
  EXPECT_EQ(Listed({.zone_id = "bench_01", .limit = 10}), Ids({"c", "a"}));
  EXPECT_EQ(Listed({.type = "cleaning_attempt", .limit = 10}), Ids{});
  EXPECT_EQ(Listed({.type = "machine_occupied_start", .camera_id = "cam_01", .limit = 1}), Ids({"b"}));
}

TEST_P(StoreContract, PagesJoinWithoutGapsEvenAtEqualTimes) {
  Ids expected;
  expected.reserve(10);
  for (int i = 9; i >= 0; --i) expected.push_back(std::to_string(i));
  for (int i = 0; i < 10; ++i) Append(Record(std::to_string(i), i < 4 ? 100 : i < 8 ? 101 : 102));
  Ids seen;
  EventQuery query{.limit = 3};
  while (true) {
    const auto page = store_->events().List(query);
    ASSERT_TRUE(page.ok());
    if (page->empty()) break;
    for (const StoredEvent& event : *page) seen.push_back(event.record.event_id);
    query.after = {.ts_utc = page->back().record.ts_utc, .seq = page->back().seq};
  }
  EXPECT_EQ(seen, expected);
}

TEST_P(StoreContract, AFollowerGetsEventsInTheOrderOfStoring) {
  Append(Record("late", 300));
  const auto first = store_->events().ListAfter(0, {.limit = 10});
  ASSERT_EQ(first->size(), 1U);
  Append(Record("early", 100));
  const auto next = store_->events().ListAfter(first->back().seq, {.limit = 10});
  ASSERT_EQ(next->size(), 1U);
  EXPECT_EQ(next->front().record.event_id, "early");
}

TEST_P(StoreContract, AFollowerMayAskForSomeEventsOnly) {
  EventRecord cleaning = Record("cleaning", 200, "rack");
  cleaning.type = "cleaning_attempt";
  Append(Record("a", 100));
  Append(cleaning);
  Append(Record("b", 300));
  const auto ids = [&](const EventQuery& query) {
    Ids found;
    const auto events = store_->events().ListAfter(0, query);
    EXPECT_TRUE(events.ok());
    for (const StoredEvent& event : *events) found.push_back(event.record.event_id);
    return found;
  };
  EXPECT_EQ(ids({.type = "cleaning_attempt"}), Ids{"cleaning"});
  EXPECT_EQ(ids({.zone_id = "bench_01"}), Ids({"a", "b"}));
  EXPECT_EQ(ids({.camera_id = "cam_02"}), Ids{});
  EXPECT_EQ(ids({.start_ts = 200, .end_ts = 300}), Ids({"cleaning", "b"}));
}

TEST_P(StoreContract, WhatIsStoredAlreadyCanBeQueuedForDelivery) {
  EventRecord hidden = Record("hidden", 5);
  hidden.type = "private";
  Append(hidden);
  Append(Record("a", 100));
  EXPECT_EQ(*store_->outbox().Add(std::vector<std::int64_t>{1, 2, 99}), 1) << "one waits already, one is gone";
  EXPECT_EQ(WaitingIds(), Ids({"a", "hidden"}));
}

TEST_P(StoreContract, OneRelayAtATimeHasTheOutbox) {
  EXPECT_TRUE(*store_->outbox().Claim());
  EXPECT_TRUE(*store_->outbox().Claim()) << "it has it already";
  const std::unique_ptr<Store> other = Open();
  EXPECT_FALSE(*other->outbox().Claim());
  store_.reset();
  EXPECT_TRUE(*other->outbox().Claim());
}

TEST_P(StoreContract, OnlyTypesForTheReceiverEnterTheOutboxInOrder) {
  EventRecord hidden = Record("hidden", 5);
  hidden.type = "private";
  Append(Record("b", 200));
  Append(hidden);
  Append(Record("a", 100));
  EXPECT_EQ(WaitingIds(), Ids({"b", "a"}));
}

TEST_P(StoreContract, DeliveredEntriesGoAndDeadOnesAreKeptAside) {
  for (const char* id : {"a", "b", "c"}) Append(Record(id, 1));
  const auto waiting = store_->outbox().Waiting(0, 10);
  ASSERT_TRUE(store_->outbox().MarkFailed((*waiting)[1].id, "away").ok());
  ASSERT_TRUE(store_->outbox().MarkDelivered({(*waiting)[0].id}).ok());
  ASSERT_TRUE(store_->outbox().MarkDead((*waiting)[2].id, "422").ok());
  EXPECT_EQ(WaitingIds(), Ids{"b"});
  EXPECT_EQ(store_->outbox().Waiting(0, 10)->front().attempts, 1);
  EXPECT_EQ(store_->outbox().Count()->dead, 1);
  EXPECT_EQ(store_->outbox().DeadLetters(10)->front().last_error, "422");
  EXPECT_EQ(*store_->outbox().Revive(), 1);
  EXPECT_EQ(WaitingIds(), Ids({"b", "c"}));
}

TEST_P(StoreContract, AFinishedClipIsKnownAndForgotten) {
  Append(Record("a", 100));
  ASSERT_TRUE(
      store_->events().SetMedia("a", {.path = "x/a.mp4", .start_ts_utc = 95, .end_ts_utc = 105, .bytes = 7}).ok());
  EXPECT_EQ((*store_->events().Find("a"))->record.media.path, "x/a.mp4");
  ASSERT_EQ(store_->retention().Clips()->size(), 1U);
  EXPECT_EQ(store_->retention().Clips()->front().bytes, 7);
  ASSERT_TRUE(
      store_->events().SetMedia("a", {.path = "y/a.mp4", .start_ts_utc = {}, .end_ts_utc = {}, .bytes = 3}).ok());
  EXPECT_EQ((*store_->events().Find("a"))->record.media.end_ts_utc, 105) << "without a video the times stay";
  EXPECT_EQ(store_->retention().Clips()->front().bytes, 3);
  ASSERT_TRUE(store_->retention().ForgetClip("a").ok());
  EXPECT_TRUE(store_->retention().Clips()->empty());
  EXPECT_EQ(store_->events().SetMedia("none", {}).error().code, ErrorCode::kNotFound);
}

TEST_P(StoreContract, RemovalSparesPinnedUndeliveredAndThoseWithAClip) {
  for (const char* id : {"old", "pinned", "clip", "undelivered"}) Append(Record(id, 3));
  now_ = UtcTime(seconds(900));
  Append(Record("new", 3));  // of as old a video, but stored now
  std::vector<std::int64_t> delivered;
  const auto waiting = store_->outbox().Waiting(0, 10);
  for (const OutboxEntry& entry : *waiting) {
    if (entry.event.record.event_id != "undelivered") delivered.push_back(entry.id);
  }
  ASSERT_TRUE(store_->outbox().MarkDelivered(delivered).ok());
  ASSERT_TRUE(store_->events().SetPinned("pinned", true).ok());
  EXPECT_TRUE((*store_->events().Find("pinned"))->pinned);
  EXPECT_FALSE((*store_->events().Find("old"))->pinned);
  ASSERT_TRUE(store_->events().SetMedia("clip", {.path = "c.mp4", .bytes = 1}).ok());
  EXPECT_EQ(*store_->retention().RemoveEventsBefore(500, 100), 1);
  EXPECT_EQ(Listed({.limit = 10}), Ids({"new", "undelivered", "clip", "pinned"}));
}

EventRecord ToEnrich(const std::string& id) {
  EventRecord record = Record(id, 100);
  record.needs_mm = true;
  return record;
}

TEST_P(StoreContract, WhatWasPostponedCanBeRecalledAndWhatIsHeldCannot) {
  EnrichmentQueue& queue = store_->enrichment();
  Append(ToEnrich("a"));
  Append(ToEnrich("b"));
  const UtcTime now{seconds(1000)};
  ASSERT_TRUE(queue.Lease("w1", now, seconds(60))->has_value());
  const auto postponed = queue.Lease("w1", now, seconds(60));
  EXPECT_TRUE(*queue.Postpone(**postponed, now + seconds(30)));
  EXPECT_FALSE(queue.Lease("w2", now, seconds(60))->has_value());
  ASSERT_TRUE(queue.Recall().ok());
  const auto recalled = queue.Lease("w2", now, seconds(60));
  ASSERT_TRUE(recalled->has_value());
  EXPECT_EQ((*recalled)->event.record.event_id, (*postponed)->event.record.event_id);
  EXPECT_FALSE(queue.Lease("w2", now, seconds(60))->has_value()) << "the other one is held";
}

TEST_P(StoreContract, AllWorkersTogetherHaveOneBudgetADay) {
  const std::unique_ptr<Store> other = Open();
  const std::chrono::sys_days today = std::chrono::year{2026} / 3 / 1;
  EXPECT_TRUE(*store_->enrichment().TakeQuestion(today, 2));
  EXPECT_TRUE(*other->enrichment().TakeQuestion(today, 2));
  EXPECT_FALSE(*store_->enrichment().TakeQuestion(today, 2));
  EXPECT_FALSE(*other->enrichment().TakeQuestion(today, 2));
  EXPECT_TRUE(*store_->enrichment().TakeQuestion(today + std::chrono::days(1), 2));
}

TEST_P(StoreContract, ALeasedEventIsNobodyElsesUntilTheLeaseEnds) {
  EnrichmentQueue& queue = store_->enrichment();
  Append(Record("not_for_looking", 1));
  Append(ToEnrich("a"));
  const UtcTime now{seconds(1000)};
  const auto first = queue.Lease("w1", now, seconds(60));
  ASSERT_TRUE(first->has_value());
  EXPECT_FALSE(queue.Lease("w2", now + seconds(59), seconds(60))->has_value());
  const auto second = queue.Lease("w2", now + seconds(60), seconds(60));
  ASSERT_TRUE(second->has_value());
  EXPECT_EQ((*second)->attempt, 2);
  const Enrichment late{.status = MmStatus::kFailed, .description = {}, .labels = {}, .confidence = {}};
  const Enrichment good{
      .status = MmStatus::kDone, .description = "wiped", .labels = {"x", "\"y\""}, .confidence = 0.75};
  EXPECT_FALSE(*queue.Complete(**first, late)) << "its lease was lost";
  EXPECT_TRUE(*queue.Complete(**second, good));
  EXPECT_FALSE(*queue.Complete(**second, late)) << "done is done";
  EXPECT_EQ((*store_->events().Find("a"))->enrichment, good);
  EXPECT_FALSE(queue.Lease("w3", now + seconds(9999), seconds(60))->has_value());
}

TEST_P(StoreContract, APostponedEventComesBackLater) {
  EnrichmentQueue& queue = store_->enrichment();
  Append(ToEnrich("a"));
  const UtcTime now{seconds(1000)};
  const auto job = queue.Lease("w1", now, seconds(60));
  ASSERT_TRUE(job->has_value());
  EXPECT_TRUE(*queue.Postpone(**job, now + seconds(300)));
  EXPECT_FALSE(queue.Lease("w1", now + seconds(299), seconds(60))->has_value());
  EXPECT_TRUE(queue.Lease("w1", now + seconds(300), seconds(60))->has_value());
}

TEST_P(StoreContract, TheLastPictureOfEachCameraIsKnown) {
  EXPECT_TRUE(store_->cameras().LastFrames()->empty());
  for (const CameraSeen& seen : {CameraSeen{"cam_b", 100}, CameraSeen{"cam_a", 50}, CameraSeen{"cam_b", 90}})
    ASSERT_TRUE(store_->cameras().SawFrame(seen).ok());
  const auto cameras = Open()->cameras().LastFrames();
  ASSERT_TRUE(cameras.ok());
  ASSERT_EQ(cameras->size(), 2U);
  EXPECT_EQ(cameras->front().camera_id, "cam_a");
  EXPECT_EQ(cameras->front().last_frame_ts_utc, 50);
  EXPECT_EQ(cameras->back().last_frame_ts_utc, 100) << "an earlier time changes nothing";
}

TEST_P(StoreContract, TwoOpenStoresOfOneDatabaseShareEventsAndLeases) {
  const std::unique_ptr<Store> other = Open();
  for (int i = 0; i < 20; ++i) Append(ToEnrich(std::to_string(i)));
  const UtcTime now{seconds(1000)};
  std::vector<std::string> done;
  for (int i = 0; i < 20; ++i) {
    const auto job = (i % 2 == 0 ? *store_ : *other).enrichment().Lease(i % 2 == 0 ? "w1" : "w2", now, seconds(60));
    ASSERT_TRUE(job->has_value());
    done.push_back((*job)->event.record.event_id);
  }
  std::ranges::sort(done);
  EXPECT_EQ(std::ranges::unique(done).begin(), done.end()) << "no event twice";
}

TEST_P(StoreContract, ManyThreadsThroughGroupCommitLoseAndDoubleNothing) {
  constexpr int kThreads = 8;
  constexpr int kEach = 25;
  {
    GroupCommit commit(store_->events());
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&commit, t] {
        for (int i = 0; i < kEach; ++i) {
          const auto outcome = commit.Append(Record(std::to_string(t * kEach + i), i));
          EXPECT_TRUE(outcome.ok() && *outcome == AppendOutcome::kCreated);
          EXPECT_TRUE(commit.Append(Record("shared", i)).ok());
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(Listed({.limit = 1000}).size(), kThreads * kEach + 1U);
}

INSTANTIATE_TEST_SUITE_P(Stores,
                         StoreContract,
                         testing::Values(Implementation{"sqlite", &OpenSqliteStore}),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace spotter::store
