// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <string_view>

#include <nlohmann/json.hpp>

#include "spotter/base/utc.h"
#include "spotter/report/gym_report.h"

namespace spotter::report {
namespace {

using json = nlohmann::ordered_json;

constexpr auto kWeekdays = std::to_array<std::string_view>({"mon", "tue", "wed", "thu", "fri", "sat", "sun"});

double Seconds(std::chrono::microseconds duration) { return std::round(ToSeconds(duration) * 1e3) / 1e3; }

json ShareValue(std::chrono::microseconds busy, std::chrono::microseconds watched) {
  if (watched <= std::chrono::microseconds{0}) return nullptr;
  return std::round(1e4 * ToSeconds(busy) / ToSeconds(watched)) / 1e4;
}

json UseValue(const MachineUse& use) {
  json people = json::array();
  for (const UsePart& part : use.people) {
    people.push_back({{"person_id", part.person_id.value()},
                      {"dwell_s", Seconds(part.dwell)},
                      {"exercising_s", Seconds(part.exercising)}});
  }
  return {{"start", FormatUtc(use.start)},
          {"end", use.goes_on ? json(nullptr) : json(FormatUtc(use.end))},
          {"dwell_s", Seconds(use.end - use.start)},
          {"people", std::move(people)}};
}

// Only the hours in which a camera looked.
json HoursValue(const floor::Utilisation& hours) {
  json list = json::array();
  for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
    for (std::size_t hour = 0; hour < hours.watched[day].size(); ++hour) {
      const auto watched = hours.watched[day][hour];
      if (watched <= std::chrono::microseconds{0}) continue;
      list.push_back({{"weekday", kWeekdays[day]},
                      {"hour", hour},
                      {"busy_s", Seconds(hours.busy[day][hour])},
                      {"watched_s", Seconds(watched)},
                      {"utilisation", ShareValue(hours.busy[day][hour], watched)}});
    }
  }
  return list;
}

json ScoreValue(const std::optional<double>& score) {
  return score ? json(std::round(*score * 10) / 10) : json(nullptr);
}

json StateValue(const MachineReport& machine) {
  const bool known = machine.now.has_value();
  json value = {{"zone_id", machine.zone_id},
                {"state", ToString(known ? machine.now->state : MachineState::kBlind)},
                {"since", known ? json(FormatUtc(machine.now->since)) : json(nullptr)}};
  if (known && !machine.now->person_id.empty()) value["person_id"] = machine.now->person_id;
  value["hygiene_score"] = ScoreValue(machine.hygiene_score);
  return value;
}

json MachineValue(const MachineReport& machine) {
  json value = StateValue(machine);
  value["busy_s"] = Seconds(machine.busy);
  value["reserved_s"] = Seconds(machine.reserved);
  value["watched_s"] = Seconds(machine.watched);
  value["utilisation"] = ShareValue(machine.busy, machine.watched);
  value["cleaning"] = {{"cleaned", machine.cleaning.cleaned},
                       {"not_cleaned", machine.cleaning.not_cleaned},
                       {"unknown", machine.cleaning.unknown}};
  value["hours"] = HoursValue(machine.hours);
  json uses = json::array();
  for (const MachineUse& use : machine.uses) uses.push_back(UseValue(use));
  value["uses"] = std::move(uses);
  return value;
}

json Machines(const GymReport& report, json (*print)(const MachineReport&)) {
  json list = json::array();
  for (const MachineReport& machine : report.machines) list.push_back(print(machine));
  return list;
}

std::string Dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace

std::string GymReportToJson(const GymReport& report, const std::string& time_zone) {
  return Dump({{"from", FormatUtc(report.period.start)},
               {"to", FormatUtc(report.period.end)},
               {"time_zone", time_zone},
               {"machines", Machines(report, &MachineValue)}});
}

std::string AvailabilityToJson(const GymReport& report) {
  return Dump({{"at", FormatUtc(report.period.end)}, {"machines", Machines(report, &StateValue)}});
}

}  // namespace spotter::report
