// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/person_analyzer.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "spotter/core/withdrawn_set.h"
#include "spotter/exercise/rep_physics.h"
#include "spotter/exercise/taught_form.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kMinInterval{28'000};
// Who did two repetitions so lately is at it still: hands that go to and fro wipe nothing. One alone may be the first
// strokes of a wipe.
constexpr std::chrono::microseconds kRepMemory{3'500'000};

// Between an exercise and the rhythm of a machine that one gets onto, at least.
constexpr std::chrono::microseconds kGettingOn{4'000'000};

// Repetitions that are counted so soon after wiping were its last strokes.
constexpr std::chrono::microseconds kStrokeMemory{1'500'000};
constexpr float kStillHips = 0.12F;  // torso lengths up and down, of who wipes

void Move(std::vector<Finding> more, std::vector<Finding>& findings) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

template <typename Data>
bool Has(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings,
                             [](const Finding& finding) { return std::holds_alternative<Data>(finding.data); });
}

bool IsNamed(const std::optional<SetInProgress>& set) { return set && set->exercise != "unknown"; }

// What was taught for the exercise, or for the one that it is a variant of.
const FormModel* FormOf(const ExerciseLibrary& library, const ExerciseDefinition& exercise) {
  const FormModel* own = library.FindForm(exercise.id);
  return own != nullptr ? own : library.FindForm(exercise.variant_of);
}

// Takes what is the ride's beginning off a set: the repetitions after `since`, and of an unnamed movement those that
// lead over into it.
void TakeBack(Set& set, Pts since) {
  std::vector<Rep>& reps = set.reps;
  std::erase_if(reps, [&](const Rep& rep) { return rep.end > since; });
  if (set.exercise == "unknown") {
    for (Pts next = since; !reps.empty() && reps.back().end + kGettingOn > next; reps.pop_back())
      next = reps.back().start;
  }
  set.end = reps.empty() ? std::min(set.end, std::max(set.start, since)) : reps.back().end;
}

}  // namespace

PersonAnalyzer::Counting::Counting(const Playbook& playbook, const SetTrackerOptions& options, const FormOptions& form)
    : sets(playbook.sought, options),
      holds(playbook.sought),
      cadence(playbook.sought),
      variants(playbook.all, playbook.is_pinned),
      watch(playbook.all, form),
      hold_form(playbook.all, form) {}

PersonAnalyzer::PersonAnalyzer(std::shared_ptr<const Playbook> playbook,
                               const SetTrackerOptions& options,
                               const FormOptions& form)
    : playbook_(std::move(playbook)),
      options_(options),
      form_(form),
      counting_(*playbook_, options, form),
      rest_(playbook_->all) {}

// In the middle of a set, or in a pause after which the next repetition still belongs to it.
bool PersonAnalyzer::IsAtIt() const {
  if (counting_.holds.InProgress() || counting_.cadence.InProgress()) return true;
  const bool has_rested = !counted_at_ || ToSeconds(last_frame_ - *counted_at_) > options_.rest_s;
  return counting_.sets.InProgress(history_) && !has_rested;
}

// Settles what is open and begins to count with the next exercise files. What came before belongs to the old ones.
std::vector<Finding> PersonAnalyzer::TurnPage() {
  std::vector<Finding> found;
  if (counting_.sets.InProgress(history_)) found = counting_.sets.Close(history_);
  Complete(found);
  playbook_ = std::move(next_playbook_);
  const int sets_done = counting_.sets.sets_done();
  counting_ = Counting(*playbook_, options_, form_);
  counting_.sets.sets_done() = sets_done;
  rest_.Use(playbook_->all);
  history_.DropBefore(last_frame_);
  return found;
}

// Forgets the repetitions under way; what came before is no part of a set.
void PersonAnalyzer::CountAnew() {
  const int sets_done = counting_.sets.sets_done();
  counting_.sets = SetTracker(playbook_->sought, options_);
  counting_.sets.sets_done() = sets_done;
  history_.DropBefore(last_frame_);
}

// Ends the open set of repetitions, because what is done turned out to be a cyclic exercise, under way since `since`:
// what seemed repetitions of it are none, and an unnamed movement that goes over into it is its beginning.
std::vector<Finding> PersonAnalyzer::GiveUpSet(Pts since) {
  std::vector<Finding> found;
  if (counting_.sets.InProgress(history_)) found = counting_.sets.Close(history_);
  for (Finding& finding : found) {
    if (auto* completed = std::get_if<SetCompleted>(&finding.data)) TakeBack(completed->set, since);
  }
  std::erase_if(found, [](const Finding& finding) { return std::holds_alternative<RepCounted>(finding.data); });
  return found;
}

// Repetitions, else a cyclic exercise, else a hold.
std::vector<Finding> PersonAnalyzer::Count(Pts now) {
  SetTracker& sets = counting_.sets;
  CadenceTracker& cadence = counting_.cadence;
  const bool was_riding = cadence.InProgress().has_value();
  std::vector<Finding> found = was_riding ? std::vector<Finding>{} : sets.Update(history_);
  if (Has<RepCounted>(found)) counted_at_ = now;
  const bool is_named = sets.IsRepeating(now) && IsNamed(sets.InProgress(history_));
  std::vector<Finding> rides = cadence.Update(history_, !was_riding && is_named, sets.sets_done());
  const std::optional<SetInProgress> ride = cadence.InProgress();
  if (ride && !was_riding) Move(GiveUpSet(ride->start), found);
  Move(std::move(rides), found);
  if (was_riding && !ride) CountAnew();
  const std::optional<SetInProgress> reps = sets.InProgress(history_);
  const Counted counted{.under_way = ride || sets.IsRepeating(now),
                        .may_go_on = sets.MayGoOn(now),
                        .since = ride   ? ride->start
                                 : reps ? reps->start
                                        : now};
  Move(counting_.holds.Update(history_, counted, sets.sets_done()), found);
  return found;
}

// Says which set of the person's it is and what it aims at.
void PersonAnalyzer::Number(std::vector<Finding>& found) {
  const auto target = [&](const std::string& id) {
    const ExerciseDefinition* exercise = playbook_->all.Find(id);
    return exercise != nullptr ? exercise->target : std::nullopt;
  };
  for (Finding& finding : found) {
    if (auto* started = std::get_if<SetStarted>(&finding.data)) {
      started->number = sets_completed_ + 1;
      started->target = target(started->exercise);
    } else if (auto* completed = std::get_if<SetCompleted>(&finding.data)) {
      if (!IsWithdrawn(completed->set)) sets_completed_ = completed->number;
      completed->set.target = target(completed->set.exercise);
    }
  }
}

void PersonAnalyzer::Judge(Set& set) {
  TakeOffStrokes(set);
  const ExerciseDefinition* exercise = playbook_->all.Find(set.exercise);
  if (exercise == nullptr) return;
  JudgeSet(history_, *exercise, form_, set);
  MeasurePhysics(history_, *exercise, set);
  if (const FormModel* form = FormOf(playbook_->all, *exercise)) JudgeByExamples(bodies_, *form, set);
}

// Adds what form, physics and rest have to say to what became known in this frame, while the history still holds it.
void PersonAnalyzer::Complete(std::vector<Finding>& found) {
  counting_.variants.Update(history_, found);
  Number(found);
  for (Finding& finding : found) {
    if (auto* counted = std::get_if<RepCounted>(&finding.data)) {
      const ExerciseDefinition* exercise = playbook_->all.Find(counted->exercise);
      if (exercise != nullptr) MeasureLive(history_, *exercise, counted->rep);
    } else if (auto* completed = std::get_if<SetCompleted>(&finding.data)) {
      Judge(completed->set);
    }
  }
  const std::optional<SetInProgress> hold = counting_.holds.InProgress();
  Move(counting_.hold_form.Update(history_, hold ? &*hold : nullptr, found), found);
  Move(counting_.watch.Update(history_, found), found);
  Move(rest_.Update(found, last_frame_), found);
}

void PersonAnalyzer::Append(const Joints& filtered, std::vector<Finding>& findings) {
  if (next_playbook_ && !IsAtIt()) Move(TurnPage(), findings);
  last_frame_ = filtered.pts;
  FeatureFrame frame = kinematics_.Update(filtered);
  wiping_.Update(filtered, kinematics_.scale());
  frame.wiping = wiping_.wiping();
  history_.Push(frame);
  if (playbook_->all.HasForms()) bodies_.Push(filtered);
  std::vector<Finding> found = Count(filtered.pts);
  Complete(found);
  NoteWiping(found, filtered.pts);
  const SetTracker& sets = counting_.sets;
  const bool is_riding = counting_.cadence.InProgress().has_value();
  const bool exercising =
      (sets.IsRepeating(filtered.pts) && !strokes_were_counted_) || counting_.holds.InProgress() || is_riding;
  const bool is_named =
      is_riding || (full_reps_[0] && filtered.pts - *full_reps_[0] < kRepMemory && IsNamed(sets.InProgress(history_)));
  activity_.Update(history_, {.exercising = exercising, .named = is_named, .wiping = wiping_.wiping()});
  Move(std::move(found), findings);
  history_.DropBefore(sets.NeededSince(filtered.pts));
  bodies_.DropBefore(sets.NeededSince(filtered.pts));
}

// What has to be known to tell wiping from an exercise: a hand that wipes can pass for repetitions, most of which go
// less far than those of the set.
void PersonAnalyzer::NoteWiping(const std::vector<Finding>& found, Pts now) {
  bool has_just_wiped = wiped_at_ && now - *wiped_at_ < kStrokeMemory;
  if (activity() == Activity::kWiping) {
    if (!has_just_wiped) wiping_since_ = now;
    wiped_at_ = now;
    has_just_wiped = true;
  }
  const bool has_rep = Has<RepCounted>(found);
  if (has_rep && !Has<RepPartial>(found)) full_reps_ = {full_reps_[1], now};
  if (has_just_wiped || has_rep) strokes_were_counted_ = has_just_wiped;
}

// Half repetitions at the end of a set that are the strokes of the wipe which followed it.
void PersonAnalyzer::TakeOffStrokes(Set& set) const {
  if (!wiping_since_) return;
  std::vector<Rep>& reps = set.reps;
  const auto hips_are_still = [&](const Rep& rep) {
    return Travel(history_, {Feature::kHipsY}, SpanBetween(history_, rep.start, rep.end)) < kStillHips;
  };
  const auto is_stroke = [&](const Rep& rep) {
    return rep.partial && rep.turn >= *wiping_since_ - kWipeToldAfter && rep.turn <= *wiped_at_ && hips_are_still(rep);
  };
  while (reps.size() > 1 && is_stroke(reps.back())) {
    reps.pop_back();
    set.end = reps.back().end;
  }
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
  std::vector<Finding> found;
  // Who rides to the end has done nothing else since the set before was given up.
  if (!counting_.cadence.InProgress()) found = counting_.sets.Close(history_);
  Move(counting_.holds.Close(counting_.sets.sets_done()), found);
  Move(counting_.cadence.Close(counting_.sets.sets_done()), found);
  Complete(found);
  Move(std::move(found), findings);
  return findings;
}

// The set under way, as whoever counts it tells it.
std::optional<SetInProgress> PersonAnalyzer::CountedNow() const {
  if (std::optional<SetInProgress> reps = counting_.sets.InProgress(history_)) {
    counting_.watch.Describe(*reps, last_frame_);
    return reps;
  }
  if (std::optional<SetInProgress> hold = counting_.holds.InProgress()) {
    counting_.hold_form.Describe(*hold, last_frame_);
    return hold;
  }
  return counting_.cadence.InProgress();
}

std::optional<SetInProgress> PersonAnalyzer::InProgress() const {
  std::optional<SetInProgress> progress = CountedNow();
  if (!progress) return progress;
  progress->exercise = counting_.variants.NameOf(progress->exercise);
  progress->number = sets_completed_ + 1;
  if (const ExerciseDefinition* exercise = playbook_->all.Find(progress->exercise)) progress->target = exercise->target;
  return progress;
}

}  // namespace spotter::exercise
