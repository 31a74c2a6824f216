// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/machine_log.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "spotter/base/utc.h"

namespace spotter::report {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds kSameStart{1};  // the start that an end tells and that of its own event
constexpr double kUsualWindow_s = 45;          // NOLINT(readability-identifier-naming): unit suffix
constexpr double kLongest_s = 1e7;             // NOLINT(readability-identifier-naming): of what another sender wrote

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

std::chrono::microseconds ReadDuration(const json& data, const char* name, double absent_s) {
  return FromSeconds(std::clamp(Number(data, name, absent_s), 0.0, kLongest_s));
}

std::string Text(const json& data, const char* name) {
  const auto it = data.find(name);
  return it != data.end() && it->is_string() ? it->get<std::string>() : std::string();
}

UtcTime TimeOf(const EventRecord& record) { return FromUnixSeconds(record.ts_utc); }

std::vector<UsePart> ReadPeople(const json& data) {
  std::vector<UsePart> people;
  const auto list = data.find("people");
  if (list == data.end() || !list->is_array()) return people;
  for (const json& part : *list) {
    if (!part.is_object()) continue;
    people.push_back({.person_id = PersonId(Text(part, "person_id")),
                      .dwell = ReadDuration(part, "dwell_s", 0),
                      .exercising = ReadDuration(part, "exercising_s", 0)});
  }
  return people;
}

// When the use that began at `start` and has no end was last known of: until the machine was seen in a state without a
// use.
UtcTime LastKnown(UtcTime start, UtcTime limit, const std::vector<MachineStateSince>& states) {
  const auto unused = [&](const MachineStateSince& change) { return change.since > start && !IsUsed(change.state); };
  const auto it = std::ranges::find_if(states, unused);
  const UtcTime end = std::min(limit, start + kLongestUse);
  return std::max(start, it == states.end() ? end : std::min(end, it->since));
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
  if (record.type == "machine_occupied_start") facts.starts.push_back({TimeOf(record), record.person_id});
  if (record.type == "machine_occupied_end")
    facts.ends.push_back({TimeOf(record), ReadDuration(data, "dwell_s", 0), ReadPeople(data)});
  if (record.type == "cleaning_window_open")
    facts.known.windows.push_back({TimeOf(record), TimeOf(record) + ReadDuration(data, "window_s", kUsualWindow_s)});
  if (record.type == "cleaning_window_closed") {
    if (const std::optional<CleaningVerdict> verdict = VerdictFromText(Text(data, "verdict")))
      facts.known.outcomes.push_back({TimeOf(record), *verdict, std::clamp(Number(data, "confidence", 0), 0.0, 1.0)});
  }
  if (record.type == "machine_state_changed") {
    if (const std::optional<MachineState> state = StateFromText(Text(data, "state")))
      facts.known.states.push_back({TimeOf(record), *state, record.person_id});
  }
}

// `free_from`: the end of the use before; `starts` sorted. What the end tells of its own start holds unless an event
// tells an earlier one.
MachineUse MachineLog::UseOf(const End& end, UtcTime free_from, const std::vector<Start>& starts) {
  const auto next = std::ranges::upper_bound(starts, end.at, {}, &Start::at);
  const Start* const start = next == starts.begin() || std::prev(next)->at < free_from ? nullptr : &*std::prev(next);
  const UtcTime told = end.at - end.dwell;
  const UtcTime begun = start != nullptr ? start->at : end.at;
  const bool fits = end.dwell > end.dwell.zero() && told <= begun + kSameStart && told >= free_from - kSameStart;
  return {.start = fits ? std::max(told, free_from) : begun,
          .end = end.at,
          .person_id = start != nullptr ? start->person_id : std::string(),
          .people = end.people};
}

std::vector<MachineUse> MachineLog::JoinUses(Facts facts, UtcTime now) {
  std::ranges::stable_sort(facts.starts, {}, &Start::at);
  std::ranges::stable_sort(facts.ends, {}, &End::at);
  std::vector<MachineUse> ended;
  ended.reserve(facts.ends.size());
  for (const End& end : facts.ends)
    ended.push_back(UseOf(end, ended.empty() ? UtcTime{} : ended.back().end, facts.starts));
  std::vector<MachineUse> uses = ended;
  for (std::size_t i = 0; i < facts.starts.size(); ++i) {
    const Start& start = facts.starts[i];
    if (IsKnown(start.at, ended) || start.at > now) continue;
    const UtcTime limit = i + 1 < facts.starts.size() ? std::min(now, facts.starts[i + 1].at) : now;
    uses.push_back({.start = start.at,
                    .end = LastKnown(start.at, limit, facts.known.states),
                    .goes_on = true,
                    .person_id = start.person_id,
                    .people = {}});
  }
  std::ranges::stable_sort(uses, {}, &MachineUse::start);
  return uses;
}

std::map<std::string, MachineHistory> MachineLog::Histories(UtcTime now) const {
  std::map<std::string, MachineHistory> histories;
  for (const auto& [zone_id, facts] : machines_) {
    MachineHistory history = facts.known;
    std::ranges::stable_sort(history.states, {}, &MachineStateSince::since);
    std::ranges::stable_sort(history.outcomes, {}, &floor::CleaningOutcome::closed_at);
    std::ranges::stable_sort(history.windows, {}, &floor::UtcSpan::start);
    history.uses = JoinUses(facts, now);
    histories.emplace(zone_id, std::move(history));
  }
  return histories;
}

}  // namespace spotter::report
