// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/person_analyzer.h"

#include <iterator>

#include "spotter/exercise/rep_physics.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kMinInterval{28'000};

void Move(std::vector<Finding> more, std::vector<Finding>& findings) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

// Adds what form, physics and rest have to say to what became known in this frame, while the history still holds it.
void PersonAnalyzer::Complete(std::vector<Finding>& found) {
  for (Finding& finding : found) {
    auto* completed = std::get_if<SetCompleted>(&finding.data);
    if (completed == nullptr) continue;
    const ExerciseDefinition* exercise = library_->Find(completed->set.exercise);
    if (exercise == nullptr) continue;
    JudgeSet(history_, *exercise, form_, completed->set);
    MeasurePhysics(history_, *exercise, completed->set);
  }
  Move(watch_.Update(history_, found), found);
  Move(rest_.Update(found, last_frame_), found);
}

void PersonAnalyzer::Append(const Joints& filtered, std::vector<Finding>& findings) {
  last_frame_ = filtered.pts;
  history_.Push(kinematics_.Update(filtered));
  std::vector<Finding> found = sets_.Update(history_);
  const bool repeating = sets_.IsRepeating(filtered.pts);
  Move(holds_.Update(history_, repeating, sets_.sets_done()), found);
  activity_.Update(history_, repeating || holds_.InProgress().has_value());
  Complete(found);
  Move(std::move(found), findings);
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
  Move(holds_.Close(sets_.sets_done()), found);
  Complete(found);
  Move(std::move(found), findings);
  return findings;
}

std::optional<SetInProgress> PersonAnalyzer::InProgress() const {
  std::optional<SetInProgress> progress = sets_.InProgress(history_);
  if (!progress) return holds_.InProgress();
  watch_.Describe(*progress, last_frame_);
  return progress;
}

}  // namespace spotter::exercise
