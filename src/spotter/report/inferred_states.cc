// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/inferred_states.h"

#include <algorithm>
#include <optional>

namespace spotter::report {
namespace {

constexpr std::chrono::seconds kSameTime{1};  // of an end and the window that it opens

// Until when the machine needs cleaning after the use; none without a window before `next`, when the next one begins.
std::optional<UtcTime> WindowEnd(const MachineUse& use, UtcTime next, const MachineHistory& history) {
  const auto window = std::ranges::lower_bound(history.windows, use.end - kSameTime, {}, &floor::UtcSpan::start);
  if (window == history.windows.end() || window->start >= next) return std::nullopt;
  const auto closed = std::ranges::upper_bound(history.outcomes, use.end, {}, &floor::CleaningOutcome::closed_at);
  return closed == history.outcomes.end() ? window->end : std::min(window->end, closed->closed_at);
}

void AddStatesAfter(const MachineUse& use,
                    UtcTime next,
                    const MachineHistory& history,
                    std::vector<MachineStateSince>& states) {
  const std::optional<UtcTime> dirty_until = WindowEnd(use, next, history);
  if (dirty_until) states.push_back({.since = use.end, .state = MachineState::kNeedsCleaning, .person_id = {}});
  const UtcTime free_from = dirty_until.value_or(use.end);
  if (free_from < next) states.push_back({.since = free_from, .state = MachineState::kFree, .person_id = {}});
}

}  // namespace

std::vector<MachineStateSince> InferStates(const MachineHistory& history, UtcTime now) {
  std::vector<MachineStateSince> states;
  for (std::size_t i = 0; i < history.uses.size(); ++i) {
    const MachineUse& use = history.uses[i];
    const UtcTime next = i + 1 < history.uses.size() ? history.uses[i + 1].start : UtcTime::max();
    states.push_back({.since = use.start, .state = MachineState::kInUse, .person_id = use.person_id});
    if (!use.goes_on)
      AddStatesAfter(use, next, history, states);
    else if (use.end < std::min(next, now))
      states.push_back({.since = use.end, .state = MachineState::kBlind, .person_id = {}});
  }
  return states;
}

}  // namespace spotter::report
