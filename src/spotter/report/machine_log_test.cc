// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/machine_log.h"

#include <gtest/gtest.h>

namespace spotter::report {
namespace {

UtcTime At(double seconds) { return UtcTime(FromSeconds(seconds)); }

class MachineLogTest : public testing::Test {
 protected:
  void Happens(double seconds, const std::string& type, const std::string& data, const std::string& person = "p1") {
    EventRecord record;
    record.type = type;
    record.zone_id = "bench_01";
    record.person_id = person;
    record.ts_utc = seconds;
    record.data = data;
    log_.Add(record);
  }
  MachineHistory History(double now = 10'000) const { return log_.Histories(At(now)).at("bench_01"); }

  MachineLog log_;
};

TEST_F(MachineLogTest, AUseIsItsEndAndWhatThatTells) {
  Happens(100, "machine_occupied_start", R"({"dwell_s":5})");
  Happens(
      220, "machine_occupied_end",
      R"({"dwell_s":120,"people":[{"person_id":"p1","dwell_s":90,"exercising_s":40},{"person_id":"p2","dwell_s":30}]})");
  const MachineHistory history = History();
  ASSERT_EQ(history.uses.size(), 1U);
  EXPECT_EQ(history.uses[0].start, At(100));
  EXPECT_EQ(history.uses[0].end, At(220));
  EXPECT_FALSE(history.uses[0].goes_on);
  ASSERT_EQ(history.uses[0].people.size(), 2U);
  EXPECT_EQ(history.uses[0].people[0].exercising, std::chrono::seconds(40));
  EXPECT_EQ(history.uses[0].people[1].person_id, PersonId("p2"));
}

TEST_F(MachineLogTest, AUseWithoutAnEndGoesOnUntilNow) {
  Happens(100, "machine_occupied_start", "{}");
  const MachineHistory history = History(160);
  ASSERT_EQ(history.uses.size(), 1U);
  EXPECT_TRUE(history.uses[0].goes_on);
  EXPECT_EQ(history.uses[0].end, At(160));
}

TEST_F(MachineLogTest, AUseWithoutAnEndStopsWhereNobodyLookedAnyMore) {
  Happens(100, "machine_occupied_start", "{}");
  Happens(100, "machine_state_changed", R"({"state":"in_use"})");
  Happens(130, "machine_state_changed", R"({"state":"blind"})");
  Happens(500, "machine_occupied_start", "{}");
  Happens(530, "machine_occupied_end", R"({"dwell_s":30})");
  const MachineHistory history = History();
  ASSERT_EQ(history.uses.size(), 2U);
  EXPECT_EQ(history.uses[0].end, At(130));
  EXPECT_EQ(history.uses[1].end, At(530));
}

TEST_F(MachineLogTest, OfTwoStartsTheFirstUseEndsWithTheSecond) {
  Happens(100, "machine_occupied_start", "{}");
  Happens(300, "machine_occupied_start", "{}");
  const MachineHistory history = History(400);
  ASSERT_EQ(history.uses.size(), 2U);
  EXPECT_EQ(history.uses[0].end, At(300));
  EXPECT_EQ(history.uses[1].end, At(400));
}

TEST_F(MachineLogTest, OrderOfArrivalDoesNotMatter) {
  Happens(300, "machine_state_changed", R"({"state":"free"})", "");
  Happens(100, "machine_state_changed", R"({"state":"in_use"})");
  const MachineHistory history = History();
  ASSERT_EQ(history.states.size(), 2U);
  EXPECT_EQ(history.states[0].state, MachineState::kInUse);
  EXPECT_EQ(history.states[0].person_id, "p1");
  EXPECT_EQ(history.states[1].state, MachineState::kFree);
}

TEST_F(MachineLogTest, WhatAnotherSenderWroteDifferentlyIsLeftOut) {
  Happens(1, "machine_occupied_end", "[]");
  Happens(2, "machine_occupied_end", "no json");
  Happens(3, "machine_state_changed", R"({"state":"on_fire"})");
  Happens(4, "cleaning_window_closed", R"({"verdict":7})");
  Happens(5, "machine_occupied_end", R"({"dwell_s":"long","people":[3]})");
  const MachineHistory history = History();
  EXPECT_TRUE(history.states.empty());
  EXPECT_TRUE(history.outcomes.empty());
  ASSERT_EQ(history.uses.size(), 1U);
  EXPECT_EQ(history.uses[0].start, At(5));
}

}  // namespace
}  // namespace spotter::report
