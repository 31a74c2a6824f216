// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/base/time_zone.h"
#include "spotter/report/gym_report.h"

namespace spotter::app {

// A report for people to read; times by the gym's clock.

// One row a machine.
std::string MachineTable(const report::GymReport& report, const TimeZone& zone);
// The share of each hour of the week in which the machine was in use, one block a machine.
std::string HoursTable(const report::GymReport& report);
// One row for each person of each use.
std::string PeopleTable(const report::GymReport& report, const TimeZone& zone);

}  // namespace spotter::app
