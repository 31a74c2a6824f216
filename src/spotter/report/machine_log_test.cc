// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/machine_log.h"

#include <gtest/gtest.h>

#include "spotter/base/utc.h"
#include "spotter/report/inferred_states.h"

namespace spotter::report {
namespace {

UtcTime At(double seconds) { return FromUnixSeconds(seconds); }

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

TEST_F(MachineLogTest, TimesOfAnySenderAreBounded) {
  Happens(220, "machine_occupied_end",
          R"({"dwell_s":120,"people":[{"person_id":"p1","dwell_s":1e300,"exercising_s":-1e300}]})");
  const MachineHistory history = History();
  ASSERT_EQ(history.uses.size(), 1U);
  ASSERT_EQ(history.uses[0].people.size(), 1U);
  EXPECT_EQ(history.uses[0].people[0].dwell, std::chrono::seconds(10'000'000));
  EXPECT_EQ(history.uses[0].people[0].exercising, std::chrono::seconds(0));
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

TEST_F(MachineLogTest, AnEndWithoutADwellBelongsToTheStartBeforeIt) {
  for (const double start : {1000.0, 2000.0, 3000.0}) {
    Happens(start, "machine_occupied_start", R"({"dwell_s":5.2})");
    Happens(start + 60, "machine_occupied_end", start > 2500 ? "{}" : R"({"dwell_s":0})");
  }
  const MachineHistory history = History();
  ASSERT_EQ(history.uses.size(), 3U);
  for (const MachineUse& use : history.uses) {
    EXPECT_EQ(use.end - use.start, std::chrono::seconds(60));
    EXPECT_FALSE(use.goes_on);
  }
}

TEST_F(MachineLogTest, ADwellThatFitsNoStartGivesWayToTheStart) {
  Happens(1000, "machine_occupied_start", "{}");
  Happens(1060, "machine_occupied_end", R"({"dwell_s":5.2})");
  Happens(2000, "machine_occupied_start", "{}");
  Happens(2060, "machine_occupied_end", R"({"dwell_s":1500})");
  const MachineHistory history = History();
  ASSERT_EQ(history.uses.size(), 2U);
  EXPECT_EQ(history.uses[0].start, At(1000));
  EXPECT_EQ(history.uses[1].start, At(2000));
}

TEST_F(MachineLogTest, AnEndWhoseStartWasLostTellsItself) {
  Happens(1000, "machine_occupied_start", "{}");
  Happens(1060, "machine_occupied_end", "{}");
  Happens(2060, "machine_occupied_end", R"({"dwell_s":60})");
  const MachineHistory history = History();
  ASSERT_EQ(history.uses.size(), 2U);
  EXPECT_EQ(history.uses[1].start, At(2000));
}

TEST_F(MachineLogTest, AStartWhoseEndWasLostDoesNotGoOnForDays) {
  Happens(1000, "machine_occupied_start", "{}");
  const MachineHistory history = History(1'000'000);
  ASSERT_EQ(history.uses.size(), 1U);
  EXPECT_EQ(history.uses[0].end, At(1000 + 24 * 3600));
}

TEST_F(MachineLogTest, StatesThatNobodyToldFollowFromTheUses) {
  Happens(1000, "machine_occupied_start", "{}", "p7");
  Happens(1060, "machine_occupied_end", "{}");
  Happens(1060, "cleaning_window_open", R"({"window_s":30})");
  Happens(2000, "machine_occupied_start", "{}");
  Happens(2060, "machine_occupied_end", "{}");
  const MachineHistory history = History();
  const auto states = InferStates(history, At(10'000));
  ASSERT_EQ(states.size(), 5U);
  EXPECT_EQ(states[0].state, MachineState::kInUse);
  EXPECT_EQ(states[0].since, At(1000));
  EXPECT_EQ(states[0].person_id, "p7");
  EXPECT_EQ(states[1].state, MachineState::kNeedsCleaning);
  EXPECT_EQ(states[1].since, At(1060));
  EXPECT_EQ(states[2].state, MachineState::kFree);
  EXPECT_EQ(states[2].since, At(1090));
  EXPECT_EQ(states[3].state, MachineState::kInUse);
  EXPECT_EQ(states[4].state, MachineState::kFree);
  EXPECT_EQ(states[4].since, At(2060));
}

}  // namespace
}  // namespace spotter::report
