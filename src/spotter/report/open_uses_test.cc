// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/open_uses.h"

#include <memory>

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/base/utc.h"
#include "spotter/store/sqlite/sqlite_store.h"

namespace spotter::report {
namespace {

constexpr double kNow = 1'000'000;

UtcTime At(double seconds) { return FromUnixSeconds(seconds); }

class OpenUsesTest : public ::testing::Test {
 protected:
  void Happens(double ts_utc, const std::string& type, const std::string& zone = "bench_01") {
    EventRecord record;
    record.event_id = type + zone + std::to_string(ts_utc);
    record.type = type;
    record.camera_id = "cam_01";
    record.zone_id = zone;
    record.ts_utc = ts_utc;
    ASSERT_TRUE(store_->events().Append(std::vector{record}).ok());
  }
  // A start that became known later by the stream's clock.
  void Starts(double ts_utc, double later_s, const std::string& zone = "bench_01") {
    EventRecord start;
    start.event_id = "start" + zone;
    start.type = "machine_occupied_start";
    start.zone_id = zone;
    start.ts_utc = ts_utc;
    start.pts_s = 100;
    start.raised_pts_s = 100 + later_s;
    ASSERT_TRUE(store_->events().Append(std::vector{start}).ok());
  }
  std::vector<floor::OpenUse> Open() {
    const std::vector<std::string> machines = {"bench_01", "bench_02"};
    return ReadOpenUses(store_->events(), machines, At(kNow)).value();
  }

  TempDir folder_;
  std::unique_ptr<store::Store> store_ =
      store::OpenSqliteStore({.path = folder_ / "spotter.db", .deliver = {}}).value();
};

TEST_F(OpenUsesTest, AStartWithoutAnEndIsOpenUntilTheLastThatIsKnownOfTheMachine) {
  Happens(kNow - 900, "machine_occupied_start");
  Happens(kNow - 800, "machine_occupied_end");
  Happens(kNow - 500, "machine_occupied_start");
  Happens(kNow - 300, "machine_state_changed");
  const std::vector<floor::OpenUse> open = Open();
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].zone_id, ZoneId("bench_01"));
  EXPECT_EQ(open[0].start, At(kNow - 500));
  EXPECT_EQ(open[0].known_until, At(kNow - 300));
}

TEST_F(OpenUsesTest, SomebodyWasThereWhenTheStartBecameKnown) {
  Starts(kNow - 500, 5);
  ASSERT_EQ(Open().size(), 1U);
  EXPECT_EQ(Open()[0].known_until, At(kNow - 495));
}

TEST_F(OpenUsesTest, TheStartOfAnySenderBecameKnownWithinAnHourAndBeforeNow) {
  Starts(kNow - 5000, 1e300);
  Starts(kNow - 500, 1e300, "bench_02");
  const std::vector<floor::OpenUse> open = Open();
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].known_until, At(kNow - 1400));
  EXPECT_EQ(open[1].known_until, At(kNow));
}

TEST_F(OpenUsesTest, WhatHasEndedOrIsLongAgoIsNotOpen) {
  Happens(kNow - 900, "machine_occupied_start");
  Happens(kNow - 800, "machine_occupied_end");
  Happens(kNow - 90'000, "machine_occupied_start", "bench_02");
  EXPECT_TRUE(Open().empty());
}

}  // namespace
}  // namespace spotter::report
