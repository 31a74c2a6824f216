// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/gym_report.h"

#include <algorithm>
#include <utility>

#include "spotter/report/inferred_states.h"

namespace spotter::report {
namespace {

using floor::UtcSpan;

// When the machine was in a wanted state, within the period.
std::vector<UtcSpan> SpansIn(const std::vector<MachineStateSince>& states, const UtcSpan& period, auto is_wanted) {
  std::vector<UtcSpan> spans;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (!is_wanted(states[i].state)) continue;
    const UtcTime until = i + 1 < states.size() ? states[i + 1].since : period.end;
    const UtcSpan span{std::max(states[i].since, period.start), std::min(until, period.end)};
    if (span.start < span.end) spans.push_back(span);
  }
  return spans;
}

// When a camera looked at the machine, within the period.
std::vector<UtcSpan> WatchedSpans(const std::vector<MachineStateSince>& states, const UtcSpan& period) {
  if (states.empty()) return {period};
  return SpansIn(states, period, [](MachineState state) { return state != MachineState::kBlind; });
}

std::chrono::microseconds ReservedTime(const std::vector<MachineStateSince>& states, const UtcSpan& period) {
  std::chrono::microseconds sum{0};
  for (const UtcSpan& span :
       SpansIn(states, period, [](MachineState state) { return state == MachineState::kReserved; }))
    sum += span.end - span.start;
  return sum;
}

std::chrono::microseconds Sum(const floor::WeekHours& hours) {
  std::chrono::microseconds sum{0};
  for (const auto& day : hours) {
    for (const std::chrono::microseconds hour : day) sum += hour;
  }
  return sum;
}

CleaningCounts CountOutcomes(const std::vector<floor::CleaningOutcome>& outcomes, const UtcSpan& period) {
  CleaningCounts counts;
  for (const floor::CleaningOutcome& outcome : outcomes) {
    if (outcome.closed_at < period.start || outcome.closed_at >= period.end) continue;
    if (outcome.verdict == CleaningVerdict::kCleaned) ++counts.cleaned;
    if (outcome.verdict == CleaningVerdict::kNotCleaned) ++counts.not_cleaned;
    if (outcome.verdict == CleaningVerdict::kUnknown) ++counts.unknown;
  }
  return counts;
}

std::optional<MachineStateSince> StateAt(UtcTime time, const std::vector<MachineStateSince>& states) {
  std::optional<MachineStateSince> last;
  for (const MachineStateSince& state : states) {
    if (state.since <= time) last = state;
  }
  return last;
}

MachineReport ReportOf(const std::string& zone_id,
                       const MachineHistory& history,
                       const UtcSpan& period,
                       const TimeZone& zone) {
  MachineReport report{.zone_id = zone_id};
  report.now = StateAt(period.end, history.states.empty() ? InferStates(history, period.end) : history.states);
  std::vector<UtcSpan> busy;
  for (const MachineUse& use : history.uses) {
    if (use.end <= period.start || use.start >= period.end) continue;
    report.uses.push_back(use);
    busy.push_back({use.start, use.end});
  }
  report.hours = floor::MeasureUtilisation(busy, WatchedSpans(history.states, period), zone);
  report.busy = Sum(report.hours.busy);
  report.watched = Sum(report.hours.watched);
  report.reserved = ReservedTime(history.states, period);
  report.cleaning = CountOutcomes(history.outcomes, period);
  report.hygiene_score = floor::HygieneScore(history.outcomes, period.end);
  return report;
}

}  // namespace

GymReport MakeReport(const MachineLog& log, const UtcSpan& period, const TimeZone& zone) {
  GymReport report{.period = period, .machines = {}};
  for (const auto& [zone_id, history] : log.Histories(period.end))
    report.machines.push_back(ReportOf(zone_id, history, period, zone));
  return report;
}

}  // namespace spotter::report
