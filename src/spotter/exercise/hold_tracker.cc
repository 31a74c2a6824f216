// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/hold_tracker.h"

#include <algorithm>

#include "spotter/core/withdrawn_set.h"
#include "spotter/exercise/gates.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kLookInterval{250'000};
constexpr std::chrono::microseconds kWindow{1'000'000};    // that is judged at each look
constexpr std::chrono::microseconds kMayBreak{1'500'000};  // the posture may be left for so long
constexpr float kLeastScore = 0.5F;

float ScoreNow(const FeatureHistory& history, const ExerciseDefinition& hold) {
  const Span span{history.IndexAt(history.frames().back().pts - kWindow), history.frames().size() - 1};
  return GateScore(history, hold, {span, span, span});
}

}  // namespace

HoldTracker::HoldTracker(const ExerciseLibrary& library) {
  for (const ExerciseDefinition& exercise : library.exercises()) {
    if (exercise.kind == Kind::kHold) holds_.push_back(&exercise);
  }
}

std::vector<Finding> HoldTracker::Update(const FeatureHistory& history, const Counted& counted, int& sets_done) {
  std::vector<Finding> findings;
  const Pts now = history.frames().back().pts;
  if (now < next_look_) return findings;
  next_look_ = now + kLookInterval;
  if (counted.under_way) {
    if (hold_) hold_->EndBy(counted.since);
    End(findings, sets_done);
    return findings;
  }
  const ExerciseDefinition* best = nullptr;
  float most = kLeastScore;
  for (const ExerciseDefinition* hold : holds_) {
    const float score = ScoreNow(history, *hold);
    if (score < most) continue;
    most = score;
    best = hold;
  }
  if (hold_ && (best == &hold_->exercise() || best == nullptr)) {
    if (best != nullptr) hold_->See(now);
    if (now - hold_->last() > kMayBreak) End(findings, sets_done);
  } else if (best != nullptr) {
    End(findings, sets_done);
    hold_.emplace(*best, std::max(now - kWindow, history.frames().front().pts), now);
  }
  if (!counted.may_go_on) Tell(findings);
  return findings;
}

void HoldTracker::Tell(std::vector<Finding>& findings) {
  if (!hold_) return;
  hold_->Announce(findings);
  while (const auto duration = hold_->NextToTell())
    findings.push_back({hold_->At(*duration), HoldProgress{hold_->exercise().id, *duration}});
}

void HoldTracker::End(std::vector<Finding>& findings, int& sets_done) {
  if (hold_ && hold_->is_announced()) {
    Set set = hold_->Result();
    if (ToSeconds(set.end - set.start) < hold_->exercise().min_hold_s) set.end = set.start;  // it was none
    set.hold = set.end - set.start;
    const int number = IsWithdrawn(set) ? sets_done + 1 : ++sets_done;
    findings.push_back({set.start, SetCompleted{number, {}, std::move(set)}});
  }
  hold_.reset();
}

std::vector<Finding> HoldTracker::Close(int& sets_done) {
  std::vector<Finding> findings;
  End(findings, sets_done);
  return findings;
}

std::optional<SetInProgress> HoldTracker::InProgress() const {
  if (!hold_ || !hold_->is_announced()) return std::nullopt;
  return hold_->Progress();
}

}  // namespace spotter::exercise
