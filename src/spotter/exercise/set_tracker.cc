// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/set_tracker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "spotter/base/median.h"
#include "spotter/exercise/everyday.h"
#include "spotter/exercise/follow.h"
#include "spotter/exercise/recount.h"
#include "spotter/exercise/signal_count.h"

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
constexpr double kStrayGap = 1.5;        // of a usual repetition
constexpr double kStalledShare = 1.2;    // of a repetition's usual time, with its pause
constexpr double kLongestBreak_s = 3;    // between repetitions that follow one another, or as long as they usually take
constexpr double kLeastApart = 0.75;     // of the time between repetitions: reversed ones
constexpr double kSharedTime = 0.4;      // of the shorter one
constexpr std::size_t kFewestKnown = 2;  // repetitions whose movement can be followed
constexpr std::size_t kFewestKept = 2;   // repetitions that keep their name against one movement of another exercise
constexpr double kExplainedShare = 0.5;
constexpr float kAlike = 0.65F;     // Likeness of two attempts that may be one movement
constexpr double kTakeOver = 1.15;  // evidence a rival needs to rename the open set

Pts Minus(Pts pts, double seconds) { return pts - FromSeconds(seconds); }

// A short movement apart from the others, before the first or after the last repetition, that was not counted live is
// racking or wiping, not an attempt.
bool IsStray(const Rep& rep, std::chrono::microseconds gap, std::chrono::microseconds usual) {
  return rep.partial && !rep.counted_at && gap > kStrayGap * usual;
}

void TrimEnds(std::vector<Rep>& reps) {
  if (reps.empty()) return;
  const std::chrono::microseconds usual = MedianOf(reps, [](const Rep& rep) { return rep.end - rep.start; });
  while (reps.size() > 1 && IsStray(reps.back(), reps.back().start - reps[reps.size() - 2].end, usual)) reps.pop_back();
  while (reps.size() > 1 && IsStray(reps.front(), reps[1].start - reps.front().end, usual)) reps.erase(reps.begin());
}

// Whether two attempts share so much time that they are the same repetition.
bool AreOne(const Rep& a, const Rep& b) {
  const double shared_s = ToSeconds(std::min(a.end, b.end) - std::max(a.start, b.start));
  return shared_s > kSharedTime * ToSeconds(std::min(a.end - a.start, b.end - b.start));
}

// Whether one goes the way that the other one comes back.
bool AreReversed(const Attempt& a, const Attempt& b) { return Extent(b.movement, a.movement) < 0; }

// Whether one of the attempts that begin after `since` is the movement, or the same seen from its other end.
bool AreAlike(std::span<const Attempt> attempts, Pts since, const MovementTemplate& movement) {
  return std::ranges::any_of(attempts, [&](const Attempt& attempt) {
    return attempt.rep.start >= since && std::abs(movement.Likeness(attempt.movement)) >= kAlike;
  });
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
    if (candidate.attempts().empty() || !candidate.IsClear(group_start_) || !MayTakeOver(candidate)) continue;
    double evidence = candidate.Evidence(group_start_);
    if (open_ && open_->exercise == &candidate.exercise()) evidence *= kTakeOver;
    if (evidence <= most) continue;
    most = evidence;
    leader = &candidate;
  }
  return leader;
}

// Whether the candidate may lead the open set: of another family, it has to see half of the set's repetitions, too, so
// that one movement that looks like another exercise does not rename those before it. After a rest it is a new set.
bool SetTracker::MayTakeOver(const Candidate& candidate) const {
  if (!open_ || open_->exercise == nullptr || open_->attempts.size() < kFewestKept) return true;
  if (candidate.exercise().family == open_->exercise->family) return true;
  if (HasRested(candidate.attempts().back().rep.start)) return true;
  const auto is_seen = [&](const Attempt& known) {
    return std::ranges::any_of(candidate.attempts(), [&](const Attempt& a) { return AreOne(a.rep, known.rep); });
  };
  return 2 * std::ranges::count_if(open_->attempts, is_seen) >= std::ssize(open_->attempts);
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
  const bool is_stalled = open_ && IsStalled(now);
  if (open_ && (open_->exercise == nullptr || is_stalled)) FollowMovement(history, findings);
  const bool may_be_another = !open_ || HasRested(now) || (open_->exercise == nullptr && is_stalled);
  if (!may_be_another) passes_since_.reset();
  if (now >= next_look_ && options_.pinned.empty() && may_be_another) {
    next_look_ = now + kLookInterval;
    LookForUnknown(history, findings);
  }
  return findings;
}

double SetTracker::OpenSet::Usual_s() const {
  return ToSeconds(last_end - start) / static_cast<double>(std::max<std::size_t>(attempts.size(), 1));
}

// After more than this the movement has ended.
std::chrono::microseconds SetTracker::OpenSet::LongestPause() const {
  return FromSeconds(std::max(kLongestBreak_s, Usual_s()));
}

// A named set goes on, perhaps, in a way that its signals do not see.
bool SetTracker::IsStalled(Pts now) const {
  return ToSeconds(now - open_->last_end) > kStalledShare * open_->Usual_s();
}

// Whether a set is open but a repetition then would begin the next one.
bool SetTracker::HasRested(Pts at) const { return open_ && ToSeconds(at - open_->last_end) > options_.rest_s; }

// What the open set's repetitions look like.
MovementTemplate SetTracker::OpenMovement() const {
  return MeanMovement(open_->leader ? candidates_[*open_->leader].attempts()
                                    : std::span<const Attempt>(open_->attempts));
}

// More of the open set's movement, since its last repetition.
void SetTracker::FollowMovement(const FeatureHistory& history, std::vector<Finding>& findings) {
  const MovementTemplate movement = OpenMovement();
  if (movement.count() < kFewestKnown || open_->attempts.empty()) return;
  const Pts now = history.frames().back().pts;
  const Pts from = std::max(now - kUnknownWindow, open_->attempts.back().rep.turn);
  const ExerciseDefinition& exercise = open_->exercise != nullptr ? *open_->exercise : AnyExercise();
  const auto longest_pause = open_->LongestPause();
  for (const Attempt& attempt :
       Follow(history, {history.IndexAt(from), history.frames().size() - 1}, movement, exercise)) {
    if (attempt.rep.start - open_->last_end <= longest_pause) AnnounceNew({&attempt, 1}, now, findings);
  }
}

std::string SetTracker::OpenName() const { return open_->exercise != nullptr ? open_->exercise->id : "unknown"; }

// Whether these begin only when the open set without a name has ended, and are another movement.
bool SetTracker::IsAnother(std::span<const Attempt> attempts) const {
  if (open_->exercise != nullptr) return false;
  const Pts ended = open_->last_end + open_->LongestPause();
  return attempts.front().rep.start > ended && !AreAlike(attempts, ended, OpenMovement());
}

// A movement that no exercise explains but that comes back again and again.
void SetTracker::LookForUnknown(const FeatureHistory& history, std::vector<Finding>& findings) {
  const Pts now = history.frames().back().pts;
  const bool has_rested = HasRested(now);
  const Pts since = has_rested ? open_->last_end : group_start_;
  const Span span{history.IndexAt(std::max(now - kUnknownWindow, since)), history.frames().size() - 1};
  if (!MovesEnough(history, span)) return passes_since_.reset();
  const FreeCount free = CountFreely(history, span, nullptr);
  const bool is_all_of_stay = span.first <= history.IndexAt(settled_until_);
  // Gestures look periodic for a moment: it must do so at two looks in a row.
  if (!IsExercise(history, free, Stretch::kMoment) && !(is_all_of_stay && IsExercise(history, free, Stretch::kStay)))
    return passes_since_.reset();
  if (!passes_since_) passes_since_ = now;
  const bool is_another = has_rested || (open_ && IsAnother(free.attempts));
  if ((!open_ || is_another) && now - *passes_since_ < kLookInterval) return;
  if (is_another) CloseSetBefore(free.attempts.front().rep.start, history, findings);
  if (!open_) {
    open_ = OpenSet{.exercise = nullptr, .start = free.attempts.front().rep.start};
    findings.push_back({open_->start, SetStarted{OpenName()}});
  }
  open_->confidence = free.strength;
  AnnounceNew(free.attempts, now, findings);
}

bool SetTracker::OpenSet::Knows(const Attempt& attempt) const {
  const double reversed_apart_s = kLeastApart * Usual_s();
  return std::ranges::any_of(attempts, [&](const Attempt& known) {
    const double apart_s = std::abs(ToSeconds(known.rep.turn - attempt.rep.turn));
    return AreOne(known.rep, attempt.rep) || (apart_s < reversed_apart_s && AreReversed(known, attempt));
  });
}

// Those of the attempts, in time order, that are not announced yet.
void SetTracker::AnnounceNew(std::span<const Attempt> attempts, Pts now, std::vector<Finding>& findings) {
  for (const Attempt& attempt : attempts) {
    if (attempt.rep.end < group_start_) continue;
    open_->last_end = std::max(open_->last_end, attempt.rep.end);
    if (!open_->Knows(attempt)) AnnounceAttempt(attempt, now, findings);
  }
}

// What somebody did who leaves without a set: a movement that was too irregular, or too short, to open one, but that
// fills the whole stay.
void SetTracker::LookBack(const FeatureHistory& history, std::vector<Finding>& findings) {
  const Span span{history.IndexAt(settled_until_), history.frames().size() - 1};
  if (span.first > span.last) return;
  const FreeCount free = CountFreely(history, span, nullptr);
  if (!IsExercise(history, free, Stretch::kStay)) return;
  open_ = OpenSet{.start = free.attempts.front().rep.start,
                  .last_end = free.attempts.back().rep.end,
                  .confidence = free.strength,
                  .proven = true};
  findings.push_back({open_->start, SetStarted{OpenName()}});
}

// Another exercise that was begun after the open set's last repetition: at least two repetitions, none of them of the
// open exercise. An unknown movement may turn out to be that exercise, unless it has ended and was another one.
const Candidate* SetTracker::Rival() const {
  if (!open_) return nullptr;
  const bool is_named = open_->exercise != nullptr;
  const Pts since = is_named ? open_->last_end : open_->last_end + open_->LongestPause();
  const MovementTemplate movement = is_named ? MovementTemplate{} : OpenMovement();
  const Candidate* rival = nullptr;
  double most = 0;
  for (const Candidate& candidate : candidates_) {
    if (is_named && candidate.exercise().family == open_->exercise->family) {
      if (candidate.StartedSince(since) > 0) return nullptr;
      continue;
    }
    if (candidate.StartedSince(since) < 2 || !candidate.IsClear(since)) continue;
    if (!is_named && (candidate.FirstStart(open_->start) < since || AreAlike(candidate.attempts(), since, movement)))
      continue;
    const double evidence = candidate.Evidence(since);
    if (evidence <= most) continue;
    most = evidence;
    rival = &candidate;
  }
  return rival;
}

void SetTracker::Advance(const FeatureHistory& history, std::vector<Finding>& findings) {
  const Candidate* leader = Leader();
  if (leader == nullptr) return;
  const Candidate* rival = Rival();
  if (rival == nullptr && open_ && open_->exercise == nullptr && !Explains(*leader)) return;
  const bool rested = HasRested(leader->attempts().back().rep.start);
  if (rested || rival != nullptr) {
    const Pts next_start = rested ? leader->attempts().back().rep.start : rival->FirstStart(open_->last_end);
    CloseSetBefore(next_start, history, findings);
    leader = Leader();
    if (leader == nullptr) return;
  }
  if (!open_) {
    if (IsWalking(history, *leader)) return;
    Open(*leader, findings);
  }
  Announce(*leader, history.frames().back().pts, findings);
}

// Whether the leader's attempts are steps rather than repetitions.
bool SetTracker::IsWalking(const FeatureHistory& history, const Candidate& leader) const {
  const auto first =
      std::ranges::find_if(leader.attempts(), [&](const Attempt& a) { return a.rep.end >= group_start_; });
  const std::span<const Attempt> attempts(first, leader.attempts().end());
  return options_.pinned.empty() && MeanFit(attempts) < kGoodMatch && AreSteps(history, leader.exercise(), attempts);
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

void SetTracker::AnnounceAttempt(Attempt attempt, Pts now, std::vector<Finding>& findings) {
  attempt.rep.counted_at = now;
  // Another leader may have seen more of the set's beginning than the one that opened it.
  open_->start = std::min(open_->start, std::max(attempt.rep.start, group_start_));
  const auto later =
      std::ranges::find_if(open_->attempts, [&](const Attempt& a) { return a.rep.turn > attempt.rep.turn; });
  open_->attempts.insert(later, attempt);
  findings.push_back({attempt.rep.end, RepCounted{OpenName(), static_cast<int>(open_->attempts.size()), attempt.rep}});
}

void SetTracker::Announce(const Candidate& leader, Pts now, std::vector<Finding>& findings) {
  open_->exercise = &leader.exercise();
  open_->leader = static_cast<std::size_t>(&leader - candidates_.data());
  open_->confidence = leader.attempts().back().fit;
  AnnounceNew(leader.attempts(), now, findings);
}

void SetTracker::CloseSet(const FeatureHistory& history, Pts limit, std::vector<Finding>& findings) {
  const OpenSet open = *open_;
  open_.reset();
  passes_since_.reset();
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
          .live_count = static_cast<int>(open.attempts.size())};
  for (const Attempt& attempt : recount.attempts) {
    Rep rep = attempt.rep;
    const auto near = std::ranges::find_if(
        open.attempts, [&](const Attempt& a) { return a.rep.turn >= rep.start && a.rep.turn <= rep.end; });
    if (near != open.attempts.end()) rep.counted_at = near->rep.counted_at;
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

// Closes the open set because the next one begins then.
void SetTracker::CloseSetBefore(Pts next_start, const FeatureHistory& history, std::vector<Finding>& findings) {
  CloseSet(history, next_start, findings);
  group_start_ = std::max(group_start_, next_start);
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
  if (!open_ || open_->attempts.empty()) return false;
  const double longest_s = std::clamp(kPauseShare * open_->Usual_s(), kShortestPause_s, kLongestPause_s);
  return ToSeconds(now - open_->last_end) < longest_s;
}

bool SetTracker::MayGoOn(Pts now) const {
  return open_ && ToSeconds(now - open_->last_end) < options_.rest_s + open_->Usual_s();
}

Pts SetTracker::NeededSince(Pts now) const { return open_ ? open_->start - kKeptBefore : now - kIdleMemory; }

std::optional<SetInProgress> SetTracker::InProgress(const FeatureHistory& history) const {
  if (!open_ || history.frames().empty()) return std::nullopt;
  SetInProgress progress{.exercise = OpenName(),
                         .confidence = open_->confidence,
                         .start = open_->start,
                         .live_count = static_cast<int>(open_->attempts.size())};
  if (open_->exercise == nullptr) return progress;
  const float angle = history.frames().back().Get(open_->exercise->main_angle);
  if (std::isfinite(angle)) progress.angle_rad = angle;
  if (!open_->leader) return progress;
  progress.progress = candidates_[*open_->leader].Progress(history);
  progress.phase = candidates_[*open_->leader].CurrentPhase(history);
  return progress;
}

}  // namespace spotter::exercise
