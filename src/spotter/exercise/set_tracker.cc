// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/set_tracker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "spotter/exercise/recount.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kIdleMemory{60'000'000};  // kept while no set is open
constexpr std::chrono::microseconds kSetMargin{1'500'000};    // around a set, for its first and last posture
constexpr std::chrono::microseconds kKeptBefore{12'000'000};  // of what came before a set, to look for its beginning
constexpr double kPauseShare = 1.3;  // of a repetition's usual time, with its pause: longer is a rest
constexpr double kShortestPause_s = 2;
constexpr double kLongestPause_s = 6;
constexpr std::chrono::microseconds kLookInterval{500'000};  // between two looks for unknown movements
constexpr std::chrono::microseconds kUnknownWindow{16'000'000};
constexpr double kStrayGap = 0.7;      // of a repetition
constexpr double kStalledShare = 1.2;  // of a repetition's usual time, with its pause
constexpr float kLeastAlike = 0.7F;    // to the repetitions of a named set
constexpr double kLeastApart = 0.6;    // of the interval between repetitions
constexpr double kExplainedShare = 0.5;
constexpr double kTakeOver = 1.15;  // evidence a rival needs to rename the open set

Pts Minus(Pts pts, double seconds) { return pts - FromSeconds(seconds); }

// A short movement apart from the others, before the first or after the last repetition, that was not counted live is
// racking or wiping, not an attempt.
bool IsStray(const Rep& rep, std::chrono::microseconds gap) {
  return rep.partial && !rep.counted_at && ToSeconds(gap) > kStrayGap * ToSeconds(rep.end - rep.start);
}

void TrimEnds(std::vector<Rep>& reps) {
  while (reps.size() > 1 && IsStray(reps.back(), reps.back().start - reps[reps.size() - 2].end)) reps.pop_back();
  while (reps.size() > 1 && IsStray(reps.front(), reps[1].start - reps.front().end)) reps.erase(reps.begin());
}

// Mean time from one turn to the next. REQUIRES: at least two attempts
double Interval_s(const FreeCount& free) {
  return ToSeconds(free.attempts.back().rep.turn - free.attempts.front().rep.turn) /
         static_cast<double>(free.attempts.size() - 1);
}

}  // namespace

SetTracker::SetTracker(const ExerciseLibrary& library, const SetTrackerOptions& options)
    : options_(options), library_(&library) {
  for (const ExerciseDefinition& exercise : library.exercises()) {
    if (exercise.kind != Kind::kRepetitions) continue;
    if (!options.pinned.empty() && exercise.id != options.pinned) continue;
    for (const Signal& signal : exercise.signals) candidates_.emplace_back(exercise, signal);
  }
}

const Candidate* SetTracker::Leader() const {
  const Candidate* leader = nullptr;
  double most = 0;
  for (const Candidate& candidate : candidates_) {
    if (candidate.attempts().empty() || !candidate.IsClear(group_start_)) continue;
    double evidence = candidate.Evidence(group_start_);
    if (open_ && open_->exercise == &candidate.exercise()) evidence *= kTakeOver;
    if (evidence <= most) continue;
    most = evidence;
    leader = &candidate;
  }
  return leader;
}

std::vector<Finding> SetTracker::Update(const FeatureHistory& history) {
  std::vector<Finding> findings;
  const Pts now = history.frames().back().pts;
  if (open_ && ToSeconds(now - open_->last_end) > options_.idle_close_s)
    CloseSet(history, history.frames().back().pts, findings);
  if (!open_) {
    group_start_ = std::max(group_start_, Minus(now, options_.rest_s));
  }
  bool found = false;
  for (Candidate& candidate : candidates_) found |= candidate.Update(history);
  if (found) Advance(history, findings);
  if (now >= next_look_ && options_.pinned.empty() && (!open_ || open_->exercise == nullptr || IsStalled(now))) {
    next_look_ = now + kLookInterval;
    LookForUnknown(history, findings);
  }
  return findings;
}

// A named set goes on, perhaps, in a way that its signals do not see.
bool SetTracker::IsStalled(Pts now) const {
  const auto repetitions = static_cast<double>(open_->announced.size());
  const double usual_s = ToSeconds(open_->last_end - open_->start) / std::max(repetitions, 1.0);
  return repetitions >= 2 && ToSeconds(now - open_->last_end) > kStalledShare * usual_s;
}

std::string SetTracker::OpenName() const { return open_->exercise != nullptr ? open_->exercise->id : "unknown"; }

// A movement that no exercise explains but that comes back again and again.
void SetTracker::LookForUnknown(const FeatureHistory& history, std::vector<Finding>& findings) {
  const Pts now = history.frames().back().pts;
  const Span span{history.IndexAt(std::max(now - kUnknownWindow, group_start_)), history.frames().size() - 1};
  const FreeCount free = CountFreely(history, span, nullptr);
  // Gestures look periodic for a moment: it must do so at two looks in a row.
  const bool passes = IsExercise(history, free, span, Stretch::kMoment);
  const bool passed_before = std::exchange(passed_look_, passes);
  if (!passes || !(open_ || passed_before)) return;
  if (!open_) {
    open_ = OpenSet{.exercise = nullptr, .start = free.attempts.front().rep.start};
    findings.push_back({open_->start, SetStarted{OpenName()}});
  }
  open_->confidence = free.strength;
  AnnounceFree(free, now, findings);
}

// Those of the free count's repetitions that are new. A named set takes only what moves like it.
void SetTracker::AnnounceFree(const FreeCount& free, Pts now, std::vector<Finding>& findings) {
  MovementTemplate named;
  if (open_->exercise != nullptr) {
    for (const Attempt& attempt : open_->attempts) named.Add(attempt.movement);
  }
  // Two looks may see the cycles from different ends; half a cycle later is no other repetition.
  const auto least_apart = FromSeconds(kLeastApart * Interval_s(free));
  for (const Attempt& attempt : free.attempts) {
    if (named.count() > 0 && named.Likeness(attempt.movement) < kLeastAlike) continue;
    open_->last_end = std::max(open_->last_end, attempt.rep.end);
    const bool is_known =
        !open_->attempts.empty() && (attempt.rep.start < open_->attempts.back().rep.turn ||
                                     attempt.rep.turn < open_->attempts.back().rep.turn + least_apart);
    if (!is_known) AnnounceAttempt(attempt, now, findings);
  }
}

// What somebody did who leaves without a set: a movement that was too irregular, or too short, to open one, but that
// fills the whole stay.
void SetTracker::LookBack(const FeatureHistory& history, std::vector<Finding>& findings) {
  const Span span{history.IndexAt(settled_until_), history.frames().size() - 1};
  if (span.first > span.last) return;
  const FreeCount free = CountFreely(history, span, nullptr);
  if (!IsExercise(history, free, span, Stretch::kStay)) return;
  open_ = OpenSet{.start = free.attempts.front().rep.start,
                  .last_end = free.attempts.back().rep.end,
                  .confidence = free.strength,
                  .proven = true};
  findings.push_back({open_->start, SetStarted{OpenName()}});
}

// Another exercise that was begun after the open set's last repetition: at least two repetitions, none of them of the
// open exercise.
const Candidate* SetTracker::Rival() const {
  if (!open_ || open_->exercise == nullptr) return nullptr;
  const Candidate* rival = nullptr;
  double most = 0;
  for (const Candidate& candidate : candidates_) {
    if (candidate.exercise().family == open_->exercise->family) {
      if (candidate.StartedSince(open_->last_end) > 0) return nullptr;
      continue;
    }
    if (candidate.StartedSince(open_->last_end) < 2 || !candidate.IsClear(open_->last_end)) continue;
    const double evidence = candidate.Evidence(open_->last_end);
    if (evidence <= most) continue;
    most = evidence;
    rival = &candidate;
  }
  return rival;
}

void SetTracker::Advance(const FeatureHistory& history, std::vector<Finding>& findings) {
  const Candidate* leader = Leader();
  if (leader == nullptr || (open_ && open_->exercise == nullptr && !Explains(*leader))) return;
  const bool rested = open_ && ToSeconds(leader->attempts().back().rep.start - open_->last_end) > options_.rest_s;
  const Candidate* rival = Rival();
  if (rested || rival != nullptr) {
    const Pts next_start = rested ? leader->attempts().back().rep.start : rival->FirstStart(open_->last_end);
    CloseSet(history, next_start, findings);
    group_start_ = std::max(group_start_, next_start);
    leader = Leader();
    if (leader == nullptr) return;
  }
  if (!open_) Open(*leader, findings);
  Announce(*leader, history.frames().back().pts, findings);
}

// Whether a named candidate accounts for most of the open unknown set.
bool SetTracker::Explains(const Candidate& candidate) const {
  double explained_s = 0;
  for (const Attempt& attempt : candidate.attempts()) {
    if (attempt.rep.end >= open_->start) explained_s += ToSeconds(attempt.rep.end - attempt.rep.start);
  }
  return explained_s >= kExplainedShare * ToSeconds(open_->last_end - open_->start);
}

void SetTracker::Open(const Candidate& leader, std::vector<Finding>& findings) {
  const auto first = std::find_if(leader.attempts().begin(), leader.attempts().end(),
                                  [&](const Attempt& a) { return a.rep.end >= group_start_; });
  open_ = OpenSet{.exercise = &leader.exercise(), .start = first->rep.start};
  findings.push_back({first->rep.start, SetStarted{leader.exercise().id}});
}

void SetTracker::AnnounceAttempt(const Attempt& attempt, Pts now, std::vector<Finding>& findings) {
  Rep rep = attempt.rep;
  rep.counted_at = now;
  open_->announced.push_back(now);
  open_->attempts.push_back(attempt);
  findings.push_back({rep.end, RepCounted{OpenName(), static_cast<int>(open_->announced.size()), rep}});
}

void SetTracker::Announce(const Candidate& leader, Pts now, std::vector<Finding>& findings) {
  open_->exercise = &leader.exercise();
  open_->leader = static_cast<std::size_t>(&leader - candidates_.data());
  std::size_t number = 0;
  for (const Attempt& attempt : leader.attempts()) {
    if (attempt.rep.end < group_start_) continue;
    open_->last_end = std::max(open_->last_end, attempt.rep.end);
    if (++number <= open_->announced.size()) continue;
    open_->confidence = attempt.fit;
    AnnounceAttempt(attempt, now, findings);
  }
}

void SetTracker::CloseSet(const FeatureHistory& history, Pts limit, std::vector<Finding>& findings) {
  const OpenSet open = *open_;
  open_.reset();
  const Pts from = std::max(open.start - kSetMargin, group_start_);
  const Recount recount = Settle(history, *library_,
                                 {.exercise = open.exercise,
                                  .from = from,
                                  .last_end = open.last_end,
                                  .limit = limit,
                                  .earliest = settled_until_,
                                  .live = open.attempts,
                                  .pinned = !options_.pinned.empty(),
                                  .proven = open.proven});
  Set set{.exercise = recount.exercise != nullptr ? recount.exercise->id : "unknown",
          .confidence = recount.confidence,
          .start = open.start,
          .end = open.last_end,
          .live_count = static_cast<int>(open.announced.size())};
  for (const Attempt& attempt : recount.attempts) {
    Rep rep = attempt.rep;
    const auto near = std::ranges::find_if(
        open.attempts, [&](const Attempt& a) { return a.rep.turn >= rep.start && a.rep.turn <= rep.end; });
    if (near != open.attempts.end())
      rep.counted_at = open.announced[static_cast<std::size_t>(near - open.attempts.begin())];
    set.reps.push_back(rep);
  }
  TrimEnds(set.reps);
  if (recount.exercise != nullptr && set.reps.size() < LeastReps(*recount.exercise)) set.reps.clear();
  if (!set.reps.empty()) {
    set.start = set.reps.front().start;
    set.end = set.reps.back().end;
  }
  group_start_ = std::max(set.end, open.last_end);
  settled_until_ = group_start_;
  for (Candidate& candidate : candidates_) candidate.Forget(group_start_);
  findings.push_back({set.start, SetCompleted{++sets_done_, {}, std::move(set)}});
}

std::vector<Finding> SetTracker::Close(const FeatureHistory& history) {
  std::vector<Finding> findings;
  if (history.frames().empty()) return findings;
  bool found = false;
  for (Candidate& candidate : candidates_) found |= candidate.Finish(history);
  if (found) Advance(history, findings);
  if (!open_ && options_.pinned.empty()) LookBack(history, findings);
  if (open_) CloseSet(history, history.frames().back().pts, findings);
  return findings;
}

bool SetTracker::IsRepeating(Pts now) const {
  if (!open_ || open_->announced.empty()) return false;
  const auto repetitions = static_cast<double>(open_->announced.size());
  const double usual_s = ToSeconds(open_->last_end - open_->start) / repetitions;
  return ToSeconds(now - open_->last_end) < std::clamp(kPauseShare * usual_s, kShortestPause_s, kLongestPause_s);
}

Pts SetTracker::NeededSince(Pts now) const { return open_ ? open_->start - kKeptBefore : now - kIdleMemory; }

std::optional<SetInProgress> SetTracker::InProgress(const FeatureHistory& history) const {
  if (!open_ || history.frames().empty()) return std::nullopt;
  SetInProgress progress{.exercise = OpenName(),
                         .confidence = open_->confidence,
                         .start = open_->start,
                         .live_count = static_cast<int>(open_->announced.size())};
  if (open_->exercise == nullptr) return progress;
  const float angle = history.frames().back().Get(open_->exercise->main_angle);
  if (std::isfinite(angle)) progress.angle_rad = angle;
  if (!open_->leader) return progress;
  progress.progress = candidates_[*open_->leader].Progress(history);
  progress.phase = candidates_[*open_->leader].CurrentPhase(history);
  return progress;
}

}  // namespace spotter::exercise
