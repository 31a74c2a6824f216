// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/utilisation.h"

#include <vector>

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

constexpr std::size_t kMonday = 0;
constexpr std::size_t kSunday = 6;

TimeZone Madrid() { return TimeZone::Load("Europe/Madrid").value(); }

UtcTime Utc(int month, unsigned day, int hour, int minute = 0) {
  return UtcTime(std::chrono::sys_days(std::chrono::year{2026} / month / static_cast<int>(day))) + hours(hour) +
         minutes(minute);
}

microseconds Sum(const WeekHours& week) {
  microseconds sum{0};
  for (const auto& day : week) {
    for (const microseconds hour : day) sum += hour;
  }
  return sum;
}

Utilisation Measured(const std::vector<UtcSpan>& uses, const UtcSpan& watched) {
  return MeasureUtilisation(uses, std::vector{watched}, Madrid());
}

TEST(Utilisation, UsesFallIntoTheGymsOwnHours) {
  // Monday, 2 March 2026, 17:30 to 19:15 UTC is 18:30 to 20:15 in Madrid.
  const std::vector<UtcSpan> uses = {{Utc(3, 2, 17, 30), Utc(3, 2, 19, 15)}};
  const Utilisation use = Measured(uses, {Utc(3, 2, 0), Utc(3, 3, 0)});
  EXPECT_EQ(use.busy[kMonday][18], minutes(30));
  EXPECT_EQ(use.busy[kMonday][19], minutes(60));
  EXPECT_EQ(use.busy[kMonday][20], minutes(15));
  EXPECT_EQ(Sum(use.busy), minutes(105));
  EXPECT_EQ(Sum(use.watched), hours(24));
}

TEST(Utilisation, ALocalDayCanBeAnotherThanInUtc) {
  // Sunday 23:30 UTC is Monday 0:30 in Madrid.
  const std::vector<UtcSpan> uses = {{Utc(3, 1, 23, 30), Utc(3, 1, 23, 40)}};
  const Utilisation use = Measured(uses, {Utc(3, 1, 0), Utc(3, 3, 0)});
  EXPECT_EQ(use.busy[kMonday][0], minutes(10));
}

TEST(Utilisation, InSpringAnHourIsMissing) {
  // 29 March 2026: from 2:00 straight to 3:00. In use from 1:30 to 3:30 by the clock on the wall: one true hour.
  const std::vector<UtcSpan> uses = {{Utc(3, 29, 0, 30), Utc(3, 29, 1, 30)}};
  const Utilisation use = Measured(uses, {Utc(3, 28, 23), Utc(3, 29, 22)});
  EXPECT_EQ(use.busy[kSunday][1], minutes(30));
  EXPECT_EQ(use.busy[kSunday][2], minutes(0));
  EXPECT_EQ(use.busy[kSunday][3], minutes(30));
  EXPECT_EQ(use.watched[kSunday][2], minutes(0));
  EXPECT_EQ(Sum(use.watched), hours(23));
}

TEST(Utilisation, InAutumnAnHourComesTwice) {
  // 25 October 2026: 2:00 to 3:00 twice. In use from 1:30 to 3:30 by the clock on the wall: three true hours.
  const std::vector<UtcSpan> uses = {{Utc(10, 24, 23, 30), Utc(10, 25, 2, 30)}};
  const Utilisation use = Measured(uses, {Utc(10, 24, 22), Utc(10, 25, 23)});
  EXPECT_EQ(use.busy[kSunday][1], minutes(30));
  EXPECT_EQ(use.busy[kSunday][2], minutes(120));
  EXPECT_EQ(use.busy[kSunday][3], minutes(30));
  EXPECT_EQ(use.watched[kSunday][2], minutes(120));
  EXPECT_EQ(Sum(use.busy), minutes(180));
  EXPECT_EQ(Sum(use.watched), hours(25));
}

TEST(Utilisation, WhatLiesOutsideThePeriodIsLeftOut) {
  const std::vector<UtcSpan> uses = {{Utc(3, 2, 8), Utc(3, 2, 12)}, {Utc(3, 5, 8), Utc(3, 5, 9)}};
  const Utilisation use = Measured(uses, {Utc(3, 2, 9), Utc(3, 2, 10)});
  EXPECT_EQ(Sum(use.busy), hours(1));
}

TEST(Utilisation, WhereNobodyLookedIsNeitherBusyNorIdle) {
  const std::vector<UtcSpan> uses = {{Utc(3, 2, 8), Utc(3, 2, 12)}};
  const std::vector<UtcSpan> watched = {{Utc(3, 2, 8), Utc(3, 2, 9)}, {Utc(3, 2, 11), Utc(3, 2, 13)}};
  const Utilisation use = MeasureUtilisation(uses, watched, Madrid());
  EXPECT_EQ(Sum(use.busy), hours(2));
  EXPECT_EQ(Sum(use.watched), hours(3));
}

TEST(TimeZone, AnUnknownNameIsSaidSo) {
  const Result<TimeZone> zone = TimeZone::Load("Europe/Atlantis");
  ASSERT_FALSE(zone.ok());
  EXPECT_NE(zone.error().message.find("Europe/Atlantis"), std::string::npos);
}

}  // namespace
}  // namespace spotter::floor
