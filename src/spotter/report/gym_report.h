// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spotter/base/time_zone.h"
#include "spotter/floor/utilisation.h"
#include "spotter/report/machine_log.h"

namespace spotter::report {

// How the uses of a period were followed by cleaning.
struct CleaningCounts {
  int cleaned = 0;
  int not_cleaned = 0;
  int unknown = 0;
};

// One machine over a period.
struct MachineReport {
  std::string zone_id;
  std::optional<MachineStateSince> now;   // at the end of the period; none when nobody ever looked
  std::vector<MachineUse> uses;           // that lie at least partly within the period, whole; oldest first
  std::chrono::microseconds busy{0};      // in use, within the period and while a camera looked
  std::chrono::microseconds watched{0};   // how long a camera looked
  std::chrono::microseconds reserved{0};  // nobody used it, but an object was left on it, within the period
  floor::Utilisation hours;               // both by the gym's hours and weekdays
  CleaningCounts cleaning;
  std::optional<double> hygiene_score;  // at the end of the period: floor::HygieneScore
};

// All machines, sorted by id.
struct GymReport {
  floor::UtcSpan period;
  std::vector<MachineReport> machines;
};

// REQUIRES: period.start <= period.end. Where no state was ever recorded (events of another program), the whole period
// counts as watched.
GymReport MakeReport(const MachineLog& log, const floor::UtcSpan& period, const TimeZone& zone);

// The forms of docs/formats/report.md, one JSON object without a line break: all of it, and just what is free now.
std::string GymReportToJson(const GymReport& report, const std::string& time_zone);
std::string AvailabilityToJson(const GymReport& report);

}  // namespace spotter::report
