// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/machine_log.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace spotter::report {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds kSameStart{1};  // the start that an end tells and that of its own event

constexpr auto kVerdicts =
    std::to_array({CleaningVerdict::kCleaned, CleaningVerdict::kNotCleaned, CleaningVerdict::kUnknown});

// The enumerator that is written so.
std::optional<MachineState> StateFromText(std::string_view text) {
  const auto* const it = std::ranges::find(kMachineStates, text, [](MachineState state) { return ToString(state); });
  return it == kMachineStates.end() ? std::nullopt : std::optional(*it);
}

std::optional<CleaningVerdict> VerdictFromText(std::string_view text) {
  const auto* const it = std::ranges::find(kVerdicts, text, [](CleaningVerdict verdict) { return ToString(verdict); });
  return it == kVerdicts.end() ? std::nullopt : std::optional(*it);
}

// A field of the data; `absent` when it is not there or of another kind.
double Number(const json& data, const char* name, double absent) {
  const auto it = data.find(name);
  return it != data.end() && it->is_number() ? it->get<double>() : absent;
}

std::string Text(const json& data, const char* name) {
  const auto it = data.find(name);
  return it != data.end() && it->is_string() ? it->get<std::string>() : std::string();
}

UtcTime TimeOf(const EventRecord& record) { return UtcTime(FromSeconds(record.ts_utc)); }

std::vector<UsePart> ReadPeople(const json& data) {
  std::vector<UsePart> people;
  const auto list = data.find("people");
  if (list == data.end() || !list->is_array()) return people;
  for (const json& part : *list) {
    if (!part.is_object()) continue;
    people.push_back({.person_id = PersonId(Text(part, "person_id")),
                      .dwell = FromSeconds(Number(part, "dwell_s", 0)),
                      .exercising = FromSeconds(Number(part, "exercising_s", 0))});
  }
  return people;
}

MachineUse ReadUse(const EventRecord& record, const json& data) {
  const UtcTime end = TimeOf(record);
  const auto dwell = FromSeconds(std::clamp(Number(data, "dwell_s", 0), 0.0, 1e7));
  return {.start = end - dwell, .end = end, .goes_on = false, .people = ReadPeople(data)};
}

// The use that began at `start` and has no end: until the machine was seen in a state without a use.
MachineUse OpenUse(UtcTime start, UtcTime limit, const std::vector<MachineStateSince>& states) {
  const auto unused = [&](const MachineStateSince& change) { return change.since > start && !IsUsed(change.state); };
  const auto it = std::ranges::find_if(states, unused);
  const UtcTime end = it == states.end() ? limit : std::min(limit, it->since);
  return {.start = start, .end = std::max(start, end), .goes_on = true, .people = {}};
}

bool IsKnown(UtcTime start, const std::vector<MachineUse>& uses) {
  return std::ranges::any_of(uses,
                             [&](const MachineUse& use) { return start > use.start - kSameStart && start < use.end; });
}

}  // namespace

void MachineLog::Add(const EventRecord& record) {
  if (record.zone_id.empty()) return;
  const json data = json::parse(record.data, nullptr, /*allow_exceptions=*/false);
  if (!data.is_object()) return;
  Facts& facts = machines_[record.zone_id];
  if (record.type == "machine_occupied_start") facts.starts.push_back(TimeOf(record));
  if (record.type == "machine_occupied_end") facts.known.uses.push_back(ReadUse(record, data));
  if (record.type == "cleaning_window_closed") {
    if (const std::optional<CleaningVerdict> verdict = VerdictFromText(Text(data, "verdict")))
      facts.known.outcomes.push_back({TimeOf(record), *verdict, std::clamp(Number(data, "confidence", 0), 0.0, 1.0)});
  }
  if (record.type == "machine_state_changed") {
    if (const std::optional<MachineState> state = StateFromText(Text(data, "state")))
      facts.known.states.push_back({TimeOf(record), *state, record.person_id});
  }
}

std::map<std::string, MachineHistory> MachineLog::Histories(UtcTime now) const {
  std::map<std::string, MachineHistory> histories;
  for (const auto& [zone_id, facts] : machines_) {
    MachineHistory history = facts.known;
    std::ranges::stable_sort(history.states, {}, &MachineStateSince::since);
    std::ranges::stable_sort(history.outcomes, {}, &floor::CleaningOutcome::closed_at);
    std::vector<UtcTime> starts = facts.starts;
    std::ranges::sort(starts);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      if (IsKnown(starts[i], facts.known.uses) || starts[i] > now) continue;
      const UtcTime limit = i + 1 < starts.size() ? std::min(now, starts[i + 1]) : now;
      history.uses.push_back(OpenUse(starts[i], limit, history.states));
    }
    std::ranges::stable_sort(history.uses, {}, &MachineUse::start);
    histories.emplace(zone_id, std::move(history));
  }
  return histories;
}

}  // namespace spotter::report
