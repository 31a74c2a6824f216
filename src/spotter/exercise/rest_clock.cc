// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/rest_clock.h"

#include <algorithm>

#include "spotter/core/withdrawn_set.h"
namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kRerack{8'000'000};      // a shorter pause belongs to the set
constexpr std::chrono::microseconds kRepetition{4'000'000};  // the next one is known only when it is over
constexpr std::chrono::microseconds kInterval{30'000'000};   // between two reports
constexpr std::chrono::microseconds kForget{600'000'000};    // longer is no rest between sets

}  // namespace

void RestClock::Begin(Pts end, const std::string& exercise) {
  const ExerciseDefinition* definition = library_->Find(exercise);
  range_ = definition != nullptr ? definition->rest : RestRange{};
  if (since_ && end <= *since_) return;
  since_ = end;
  told_ = Pts{-1};
}

void RestClock::Note(const Finding& finding) {
  if (const auto* counted = std::get_if<RepCounted>(&finding.data)) {
    Begin(counted->rep.end, counted->exercise);
  } else if (std::holds_alternative<SetStarted>(finding.data)) {
    since_.reset();
  } else if (const auto* completed = std::get_if<SetCompleted>(&finding.data)) {
    if (IsWithdrawn(completed->set)) return;
    const bool is_timed = completed->set.hold || completed->set.cadence_rpm;
    if (is_timed) Begin(completed->set.end, completed->set.exercise);
    if (!is_timed && completed->set.reps.empty()) since_.reset();  // it was no set after all
  }
}

std::vector<Finding> RestClock::Update(std::span<const Finding> found, Pts now) {
  for (const Finding& finding : found) Note(finding);
  std::vector<Finding> findings;
  if (!since_) return findings;
  const Pts rest = now - *since_;
  if (rest < kRerack + kRepetition || rest > kForget) return findings;
  const auto tell = [&](RestStage stage, Pts at) {
    findings.push_back({*since_ + at, RestTimer{stage, at, range_.least, range_.most}});
  };
  if (told_ < Pts{0}) {
    told_ = Pts{0};
    tell(RestStage::kStarted, Pts{0});
  }
  for (Pts mark = (told_ / kInterval + 1) * kInterval; mark <= rest; mark += kInterval) tell(RestStage::kRunning, mark);
  if (range_.least > told_ && range_.least <= rest) tell(RestStage::kReached, range_.least);
  told_ = std::max(told_, rest);
  return findings;
}

}  // namespace spotter::exercise
