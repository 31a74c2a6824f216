// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/report_table.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "spotter/base/printable.h"

namespace spotter::app {
namespace {

using Row = std::vector<std::string>;

constexpr auto kWeekdays = std::to_array<std::string_view>({"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"});

// Columns as wide as their widest cell, the first one left, the others right. Ids may come from the network.
std::string Aligned(std::vector<Row> rows) {
  for (Row& row : rows) std::ranges::transform(row, row.begin(), &Printable);
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      text += i == 0 ? fmt::format("{:<{}}", row[i], widths[i]) : fmt::format("  {:>{}}", row[i], widths[i]);
    text += "\n";
  }
  return text;
}

// "2026-03-01 18:30" by the clock on the gym's wall.
std::string LocalText(UtcTime time, const TimeZone& zone) {
  const auto local = std::chrono::floor<std::chrono::seconds>(time + zone.OffsetAt(time).local_minus_utc);
  return fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(std::chrono::system_clock::to_time_t(local)));
}

std::string DurationText(std::chrono::microseconds duration) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(duration).count();
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string PercentText(std::chrono::microseconds busy, std::chrono::microseconds watched) {
  if (watched <= std::chrono::microseconds{0}) return "-";
  return fmt::format("{:.0f} %", 100 * ToSeconds(busy) / ToSeconds(watched));
}

std::chrono::microseconds MeanDwell(const std::vector<report::MachineUse>& uses) {
  std::chrono::microseconds sum{0};
  for (const report::MachineUse& use : uses) sum += use.end - use.start;
  return uses.empty() ? sum : sum / static_cast<std::int64_t>(uses.size());
}

Row MachineRow(const report::MachineReport& machine, const TimeZone& zone) {
  const report::CleaningCounts& cleaning = machine.cleaning;
  const int judged = cleaning.cleaned + cleaning.not_cleaned + cleaning.unknown;
  return {machine.zone_id,
          std::string(ToString(machine.now ? machine.now->state : MachineState::kBlind)),
          machine.now ? LocalText(machine.now->since, zone) : "-",
          std::to_string(machine.uses.size()),
          DurationText(machine.busy),
          PercentText(machine.busy, machine.watched),
          DurationText(machine.reserved),
          machine.uses.empty() ? "-" : DurationText(MeanDwell(machine.uses)),
          fmt::format("{}/{}", cleaning.cleaned, judged),
          machine.hygiene_score ? fmt::format("{:.0f}", *machine.hygiene_score) : "-"};
}

}  // namespace

std::string MachineTable(const report::GymReport& report, const TimeZone& zone) {
  std::vector<Row> rows = {
      {"machine", "state", "since", "uses", "in use", "share", "reserved", "mean use", "cleaned", "hygiene"}};
  for (const report::MachineReport& machine : report.machines) rows.push_back(MachineRow(machine, zone));
  return Aligned(rows);
}

std::string HoursTable(const report::GymReport& report) {
  std::string text;
  for (const report::MachineReport& machine : report.machines) {
    Row head = {machine.zone_id};
    for (int hour = 0; hour < 24; ++hour) head.push_back(fmt::format("{:02}", hour));
    std::vector<Row> rows = {head};
    for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
      Row row = {std::string(kWeekdays[day])};
      for (std::size_t hour = 0; hour < machine.hours.busy[day].size(); ++hour)
        row.push_back(PercentText(machine.hours.busy[day][hour], machine.hours.watched[day][hour]));
      rows.push_back(std::move(row));
    }
    text += Aligned(rows) + "\n";
  }
  return text;
}

std::string PeopleTable(const report::GymReport& report, const TimeZone& zone) {
  std::vector<Row> rows = {{"machine", "from", "use", "person", "there", "exercising"}};
  for (const report::MachineReport& machine : report.machines) {
    for (const report::MachineUse& use : machine.uses) {
      const std::string length = DurationText(use.end - use.start) + (use.goes_on ? "+" : "");
      for (const UsePart& part : use.people)
        rows.push_back({machine.zone_id, LocalText(use.start, zone), length, part.person_id.value(),
                        DurationText(part.dwell), DurationText(part.exercising)});
      if (use.people.empty()) rows.push_back({machine.zone_id, LocalText(use.start, zone), length, "-", "-", "-"});
    }
  }
  return Aligned(rows);
}

}  // namespace spotter::app
