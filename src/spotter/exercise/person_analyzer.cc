// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/person_analyzer.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "spotter/exercise/rep_physics.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kMinInterval{28'000};
// Who did two repetitions so lately is at it still: hands that go to and fro wipe nothing. One alone may be the first
// strokes of a wipe.
constexpr std::chrono::microseconds kRepMemory{3'500'000};

// Repetitions that are counted so soon after wiping were its last strokes.
constexpr std::chrono::microseconds kStrokeMemory{1'500'000};

void Move(std::vector<Finding> more, std::vector<Finding>& findings) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

template <typename Data>
bool Has(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings,
                             [](const Finding& finding) { return std::holds_alternative<Data>(finding.data); });
}

bool IsNamed(const std::optional<SetInProgress>& set) { return set && set->exercise != "unknown"; }

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
  Complete(found);
  // A hand that wipes can pass for a repetition that goes less far than those of the set.
  if (Has<RepCounted>(found) && !Has<RepPartial>(found)) counted_ = {counted_[1], filtered.pts};
  if (Has<RepCounted>(found) && !HasJustWiped(filtered.pts)) at_it_ = true;
  wiping_.Update(filtered, kinematics_.scale());
  if (activity() == Activity::kWiping) wiped_at_ = filtered.pts;
  if (HasJustWiped(filtered.pts)) at_it_ = false;
  activity_.Update(history_, {.exercising = (repeating && at_it_) || holds_.InProgress().has_value(),
                              .named = counted_[0] && filtered.pts - *counted_[0] < kRepMemory &&
                                       IsNamed(sets_.InProgress(history_)),
                              .wiping = wiping_.wiping()});
  Move(std::move(found), findings);
  history_.DropBefore(sets_.NeededSince(filtered.pts));
}

bool PersonAnalyzer::HasJustWiped(Pts now) const { return wiped_at_ && now - *wiped_at_ < kStrokeMemory; }

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
