// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/cleaning.h"

#include <algorithm>
#include <variant>

namespace spotter::floor {
namespace {

constexpr double kLeastWatched = 0.5;  // share of the window; with less, nobody can say that nothing happened

std::vector<Pts> Starts(const auto& attempts) {
  std::vector<Pts> starts;
  starts.reserve(attempts.size());
  for (const auto& attempt : attempts) starts.push_back(attempt.start);
  return starts;
}

}  // namespace

FloorFinding Cleaning::Attempt(const Wipe& wipe, bool by_user) {
  const WipeVerdict judged = Judge(wipe.evidence);
  attempts_.push_back({.start = wipe.start, .end = wipe.end, .judged = judged});
  if (judged.verdict == CleaningVerdict::kCleaned) dirty_ = false;
  return {.at = wipe.start,
          .camera_id = wipe.camera_id,
          .person_id = wipe.person_id,
          .track_id = wipe.track_id,
          .data = CleaningAttempt{.end = wipe.end,
                                  .verdict = judged.verdict,
                                  .confidence = judged.confidence,
                                  .by_user = by_user,
                                  .evidence = wipe.evidence},
          .attempts = {}};
}

std::vector<FloorFinding> Cleaning::UseEnded(const FloorFinding& end,
                                             std::chrono::microseconds blind,
                                             std::optional<Pts> exercised_at) {
  std::vector<FloorFinding> findings;
  if (open_) findings.push_back(Close(end.at, 1));
  // Who wiped during this use, as staff do, cleaned after it as well as after the one before.
  const auto& use = std::get<MachineOccupiedEnd>(end.data);
  std::erase_if(attempts_, [&](const Known& attempt) {
    return (attempt.counted && attempt.start < use.start) || (exercised_at && attempt.end < *exercised_at);
  });
  dirty_ = !IsCleaned();
  open_ = Window{.start = end.at, .blind = blind - use.uncertain, .opened_by = end};
  findings.push_back(end);
  findings.back().data = CleaningWindowOpen{.window = window_, .attempt_ids = {}};
  findings.back().attempts = Starts(attempts_);
  return findings;
}

std::vector<FloorFinding> Cleaning::Update(Pts now, std::chrono::microseconds blind, std::optional<Pts> exercised_at) {
  if (!open_) {
    if (exercised_at) std::erase_if(attempts_, [&](const Known& attempt) { return attempt.end < *exercised_at; });
    return {};
  }
  const bool used_again = exercised_at && *exercised_at > open_->start;
  const bool run_out = now - open_->start >= window_;
  if (!IsCleaned() && !used_again && !run_out) return {};
  const Pts at = run_out ? open_->start + window_ : (used_again ? *exercised_at : CleanedAt());
  const double length = std::max(1e-6, ToSeconds(now - open_->start));
  return {Close(at, 1 - std::min(1.0, ToSeconds(blind - open_->blind) / length))};
}

// REQUIRES: IsCleaned(), or the value is not used
Pts Cleaning::CleanedAt() const {
  Pts at = open_->start;
  for (const Known& attempt : attempts_) {
    if (attempt.judged.verdict == CleaningVerdict::kCleaned) return std::max(at, attempt.end);
  }
  return at;
}

bool Cleaning::IsCleaned() const {
  return std::ranges::any_of(attempts_,
                             [](const Known& attempt) { return attempt.judged.verdict == CleaningVerdict::kCleaned; });
}

// `watched`: the share of the window in which a camera looked.
FloorFinding Cleaning::Close(Pts at, double watched) {
  FloorFinding finding = open_->opened_by;
  CleaningWindowClosed closed{.start = open_->start, .verdict = {}, .confidence = 0, .attempt_ids = {}};
  if (attempts_.empty()) {
    closed.verdict = watched < kLeastWatched ? CleaningVerdict::kUnknown : CleaningVerdict::kNotCleaned;
    closed.confidence = watched < kLeastWatched ? 1 - watched : watched;
  } else {
    const auto rank = [](const Known& attempt) {
      return (attempt.judged.verdict == CleaningVerdict::kCleaned ? 1 : 0) + attempt.judged.confidence;
    };
    const Known& best = *std::ranges::max_element(attempts_, {}, rank);
    closed.verdict = best.judged.verdict;
    closed.confidence = best.judged.confidence;
  }
  finding.at = at;
  finding.data = std::move(closed);
  finding.attempts = Starts(attempts_);
  for (Known& attempt : attempts_) attempt.counted = true;
  open_.reset();
  return finding;
}

}  // namespace spotter::floor
