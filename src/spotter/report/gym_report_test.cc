// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/gym_report.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "spotter/base/utc.h"

namespace spotter::report {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::size_t kSunday = 6;

UtcTime Utc(int month, int day, int hour, int minute = 0) {
  return UtcTime(std::chrono::sys_days(std::chrono::year{2026} / month / day)) + hours(hour) + minutes(minute);
}

EventRecord Record(UtcTime at, const std::string& type, const json& data, const std::string& person = "") {
  EventRecord record;
  record.type = type;
  record.zone_id = "bench_01";
  record.person_id = person;
  record.ts_utc = UnixSeconds(at);
  record.data = data.dump();
  return record;
}

TimeZone Madrid() { return TimeZone::Load("Europe/Madrid").value(); }

class GymReportTest : public testing::Test {
 protected:
  void Use(UtcTime start, UtcTime end) {
    log_.Add(Record(end, "machine_occupied_end",
                    {{"dwell_s", ToSeconds(end - start)},
                     {"people", {{{"person_id", "p1"}, {"dwell_s", 60}, {"exercising_s", 20}}}}}));
  }
  void Becomes(UtcTime at, const std::string& state) {
    log_.Add(Record(at, "machine_state_changed", {{"state", state}}, state == "in_use" ? "p1" : ""));
  }
  void Closes(UtcTime at, const std::string& verdict) {
    log_.Add(Record(at, "cleaning_window_closed", {{"verdict", verdict}, {"confidence", 1}}));
  }
  MachineReport Machine(UtcTime from, UtcTime to) const {
    return MakeReport(log_, {from, to}, Madrid()).machines.at(0);
  }

  MachineLog log_;
};

TEST_F(GymReportTest, WhenTheClocksAreChangedHoursAreStillTrue) {
  // 29 March: 1:30 to 3:30 by the clock on the wall is one hour. 25 October: it is three.
  Use(Utc(3, 29, 0, 30), Utc(3, 29, 1, 30));
  Use(Utc(10, 24, 23, 30), Utc(10, 25, 2, 30));
  const MachineReport spring = Machine(Utc(3, 28, 23), Utc(3, 29, 22));
  EXPECT_EQ(spring.busy, hours(1));
  EXPECT_EQ(spring.watched, hours(23));
  EXPECT_EQ(spring.hours.busy[kSunday][3], minutes(30));
  const MachineReport autumn = Machine(Utc(10, 24, 22), Utc(10, 25, 23));
  EXPECT_EQ(autumn.busy, hours(3));
  EXPECT_EQ(autumn.watched, hours(25));
  EXPECT_EQ(autumn.hours.busy[kSunday][2], minutes(120));
}

TEST_F(GymReportTest, TheShareIsOfTheTimeInWhichACameraLooked) {
  Becomes(Utc(3, 2, 8), "free");
  Becomes(Utc(3, 2, 9), "in_use");
  Use(Utc(3, 2, 9), Utc(3, 2, 10));
  Becomes(Utc(3, 2, 10), "blind");
  const MachineReport day = Machine(Utc(3, 2, 0), Utc(3, 3, 0));
  EXPECT_EQ(day.busy, hours(1));
  EXPECT_EQ(day.watched, hours(2));
  ASSERT_TRUE(day.now);
  EXPECT_EQ(day.now->state, MachineState::kBlind);
}

TEST_F(GymReportTest, ReservedTimeIsNoUse) {
  Becomes(Utc(3, 1, 23), "reserved");
  Becomes(Utc(3, 2, 1), "needs_cleaning");
  Becomes(Utc(3, 2, 8), "in_use");
  Use(Utc(3, 2, 8), Utc(3, 2, 9));
  Becomes(Utc(3, 2, 9), "reserved");
  Becomes(Utc(3, 2, 10), "free");
  const MachineReport day = Machine(Utc(3, 2, 0), Utc(3, 3, 0));
  EXPECT_EQ(day.reserved, hours(2));
  EXPECT_EQ(day.busy, hours(1));
  EXPECT_EQ(day.watched, hours(24));
  EXPECT_EQ(json::parse(GymReportToJson(MakeReport(log_, {Utc(3, 2, 0), Utc(3, 3, 0)}, Madrid()),
                                        "UTC"))["machines"][0]["reserved_s"],
            7200);
}

TEST_F(GymReportTest, UsesOfOtherDaysAreLeftOut) {
  Use(Utc(3, 1, 23), Utc(3, 2, 1));
  Use(Utc(3, 5, 8), Utc(3, 5, 9));
  const MachineReport day = Machine(Utc(3, 2, 0), Utc(3, 3, 0));
  EXPECT_EQ(day.uses.size(), 1U);
  EXPECT_EQ(day.busy, hours(1));
}

TEST_F(GymReportTest, HygieneLooksBackFurtherThanThePeriod) {
  Closes(Utc(2, 20, 8), "cleaned");
  Closes(Utc(3, 2, 8), "not_cleaned");
  Closes(Utc(3, 2, 9), "cleaned");
  const MachineReport day = Machine(Utc(3, 2, 0), Utc(3, 3, 0));
  EXPECT_EQ(day.cleaning.cleaned, 1);
  EXPECT_EQ(day.cleaning.not_cleaned, 1);
  ASSERT_TRUE(day.hygiene_score);
  EXPECT_GT(*day.hygiene_score, 50);
}

TEST_F(GymReportTest, AMachineWithoutEventsIsThere) {
  log_.AddMachine("bench_02");
  const GymReport report = MakeReport(log_, {Utc(3, 2, 0), Utc(3, 3, 0)}, Madrid());
  ASSERT_EQ(report.machines.size(), 1U);
  EXPECT_FALSE(report.machines[0].now);
  EXPECT_FALSE(report.machines[0].hygiene_score);
  EXPECT_EQ(json::parse(AvailabilityToJson(report))["machines"][0]["state"], "blind");
}

TEST_F(GymReportTest, OfAProgramThatTellsNoStatesTheUsesSayWhatIsFree) {
  log_.Add(Record(Utc(3, 2, 8), "machine_occupied_start", json::object(), "p7"));
  const MachineReport used = Machine(Utc(3, 2, 0), Utc(3, 2, 8, 30));
  ASSERT_TRUE(used.now);
  EXPECT_EQ(used.now->state, MachineState::kInUse);
  EXPECT_EQ(used.now->since, Utc(3, 2, 8));
  EXPECT_EQ(used.now->person_id, "p7");
  EXPECT_EQ(used.watched, hours(8) + minutes(30));
  log_.Add(Record(Utc(3, 2, 9), "machine_occupied_end", json::object()));
  log_.Add(Record(Utc(3, 2, 9), "cleaning_window_open", {{"window_s", 45}}));
  const UtcTime soon = Utc(3, 2, 9) + std::chrono::seconds(40);
  EXPECT_EQ(Machine(soon, soon).now->state, MachineState::kNeedsCleaning);
  const MachineReport later = Machine(Utc(3, 2, 0), Utc(3, 2, 10));
  EXPECT_EQ(later.now->state, MachineState::kFree);
  EXPECT_EQ(later.now->since, Utc(3, 2, 9) + std::chrono::seconds(45));
  EXPECT_EQ(later.busy, hours(1));
}

TEST_F(GymReportTest, TheJsonSaysWhoWasThereAndWhen) {
  Becomes(Utc(3, 2, 8), "in_use");
  Use(Utc(3, 2, 8), Utc(3, 2, 9));
  const json report =
      json::parse(GymReportToJson(MakeReport(log_, {Utc(3, 2, 0), Utc(3, 2, 12)}, Madrid()), "Europe/Madrid"));
  EXPECT_EQ(report["time_zone"], "Europe/Madrid");
  const json& machine = report["machines"][0];
  EXPECT_EQ(machine["person_id"], "p1");
  EXPECT_EQ(machine["uses"][0]["people"][0]["exercising_s"], 20);
  EXPECT_EQ(machine["hours"][0],
            json::parse(R"({"weekday":"mon","hour":9,"busy_s":3600,"watched_s":3600,"utilisation":1})"));
}

}  // namespace
}  // namespace spotter::report
