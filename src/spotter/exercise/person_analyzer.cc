// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/person_analyzer.h"

#include <iterator>

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kMinInterval{28'000};

void Move(std::vector<Finding> more, std::vector<Finding>& findings) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

// Sets that are over get their faults while the history still holds them.
void PersonAnalyzer::JudgeForm(std::vector<Finding>& findings) const {
  for (Finding& finding : findings) {
    auto* completed = std::get_if<SetCompleted>(&finding.data);
    if (completed == nullptr) continue;
    const ExerciseDefinition* exercise = library_->Find(completed->set.exercise);
    if (exercise != nullptr) JudgeSet(history_, *exercise, form_, completed->set);
  }
}

void PersonAnalyzer::Append(const Joints& filtered, std::vector<Finding>& findings) {
  history_.Push(kinematics_.Update(filtered));
  std::vector<Finding> found = sets_.Update(history_);
  JudgeForm(found);
  Move(std::move(found), findings);
  const bool repeating = sets_.IsRepeating(filtered.pts);
  Move(holds_.Update(history_, repeating, sets_.sets_done()), findings);
  activity_.Update(history_, repeating || holds_.InProgress().has_value());
  history_.DropBefore(sets_.NeededSince(filtered.pts));
}

std::vector<Finding> PersonAnalyzer::Update(const Joints& joints) {
  std::vector<Finding> findings;
  if (last_seen_ >= Pts{0} && joints.pts < last_seen_ + kMinInterval) return findings;
  last_seen_ = joints.pts;
  if (const std::optional<Joints> filtered = filter_.Push(joints)) Append(*filtered, findings);
  return findings;
}

std::vector<Finding> PersonAnalyzer::Close() {
  std::vector<Finding> findings;
  while (const std::optional<Joints> filtered = filter_.Flush()) Append(*filtered, findings);
  std::vector<Finding> found = sets_.Close(history_);
  JudgeForm(found);
  Move(std::move(found), findings);
  Move(holds_.Close(sets_.sets_done()), findings);
  return findings;
}

std::optional<SetInProgress> PersonAnalyzer::InProgress() const {
  std::optional<SetInProgress> progress = sets_.InProgress(history_);
  return progress ? progress : holds_.InProgress();
}

}  // namespace spotter::exercise
