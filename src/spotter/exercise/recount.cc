// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/recount.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "spotter/base/median.h"
#include "spotter/exercise/candidate.h"
#include "spotter/exercise/everyday.h"
#include "spotter/exercise/free_count.h"
#include "spotter/exercise/naming.h"
#include "spotter/exercise/partial_reps.h"
#include "spotter/exercise/phase_times.h"
#include "spotter/exercise/rep_measure.h"
#include "spotter/exercise/signal_count.h"
#include "spotter/exercise/unlike_ends.h"
#include "spotter/exercise/working_arm.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kFewestFree = 3;  // cycles of a free count that overrules,
constexpr double kExplainsMore = 1.1;   // of the way that the exercise's own repetitions explain
constexpr float kHalfWay = 0.5F;
constexpr std::size_t kFewestKnown = 2;    // good repetitions that the free count needs as a pattern
constexpr float kPartialExtent = 0.7F;     // of the mean movement
constexpr double kPartialAngle = 0.55;     // of the usual range of the main angle
constexpr double kSeenAngle_rad = 0.6;     // a smaller one is foreshortened and says nothing
constexpr float kLeastBack = 0.25F;        // of the way of two lifts that the load comes back between them
constexpr double kSharedPart = 0.6;        // of the repetitions of a set that a wider count must find, too
constexpr std::size_t kSureLive = 3;       // so many unknown repetitions found live are not taken back altogether
constexpr std::size_t kManyLive = 7;       // repetitions found live that are believed
constexpr double kLostShare = 0.7;         // when the recount finds fewer than this share of them
constexpr double kMostIrregular = 0.6;     // Irregularity of three repetitions or more
constexpr float kPoorMatch = 0.45F;        // confidence of a set that needs
constexpr std::size_t kFewestPoor = 5;     // so many repetitions to be believed
constexpr float kRenameLead = 0.1F;        // naming score that another exercise needs over the live name
constexpr double kMostPeriodsApart = 1.5;  // between a repetition that the free count adds and its neighbour
constexpr std::chrono::microseconds kPosture{
    100'000};  // averaged at either side of a turn, and twice before a start and after an end
constexpr std::chrono::microseconds kBefore{1'500'000};  // around a live set, for repetitions it missed
constexpr std::chrono::microseconds kAfter{9'000'000};
constexpr std::chrono::microseconds kLongBefore{60'000'000};  // where more of the same may be
constexpr std::chrono::microseconds kLongAfter{15'000'000};

bool Overlap(const Rep& a, const Rep& b) {
  return (a.turn >= b.start && a.turn <= b.end) || (b.turn >= a.start && b.turn <= a.end);
}

// Moves what lies between or beside the known attempts, without overlapping any, from `rest` to them.
bool TakeNeighbours(std::vector<Attempt>& rest, std::chrono::microseconds longest_gap, std::vector<Attempt>& attempts) {
  bool taken = false;
  std::erase_if(rest, [&](const Attempt& candidate) {
    bool overlaps = false;
    bool is_near = false;
    for (const Attempt& known : attempts) {
      overlaps |= Overlap(known.rep, candidate.rep);
      is_near |= candidate.rep.start - known.rep.end < longest_gap && known.rep.start - candidate.rep.end < longest_gap;
    }
    if (!overlaps && !is_near) return false;
    if (!overlaps) attempts.push_back(candidate);
    taken |= !overlaps;
    return true;
  });
  return taken;
}

// Adds the free count's repetitions that lie near the known ones, or near one that does, and overlap none.
void AddNeighbours(FreeCount free, std::vector<Attempt>& attempts) {
  const auto longest_gap = FromSeconds(kMostPeriodsApart * free.period_s);
  while (TakeNeighbours(free.attempts, longest_gap, attempts)) {
  }
  std::ranges::sort(attempts, {}, [](const Attempt& attempt) { return attempt.rep.turn; });
}

// Adds the free count's repetitions like the known ones that their signal missed.
void AddMissed(const FeatureHistory& history, Span span, std::vector<Attempt>& attempts) {
  if (attempts.size() < kFewestKnown) return;
  const MovementTemplate good = TemplateOf(attempts);
  AddNeighbours(CountFreely(history, span, &good), attempts);
}

// Whether the attempt begins nearer the far end of the whole repetitions than their start.
bool BeginsAtTurn(const Attempt& attempt, const MovementTemplate& whole) {
  Movement from_start{.change = attempt.movement.start};
  for (std::size_t i = 0; i < kFeatureCount; ++i) from_start.change[i] -= whole.Start(static_cast<Feature>(i));
  return whole.Extent(from_start) > kHalfWay;
}

// Whether most of the known attempts are two of the free count's each, there and back: the exercise's own start posture
// tells the two ends apart.
bool AreHalves(const FreeCount& free, const std::vector<Attempt>& known) {
  const auto is_halved = [&](const Attempt& whole) {
    std::vector<const Attempt*> within;
    for (const Attempt& a : free.attempts) {
      if (a.rep.turn > whole.rep.start && a.rep.turn < whole.rep.end) within.push_back(&a);
    }
    return within.size() == 2 && BeginsAtTurn(*within[1], MeanMovement({&whole, 1}));
  };
  return 2 * std::ranges::count_if(known, is_halved) > std::ssize(known);
}

// Whether the free count has the known attempts' way back and next way out as one of its own, and so ends up with one
// more or one less: the exercise's own start posture tells which end is which. Of a set that was under way when the
// history began, or still is, the free count may know more; one with a rest at the far end before and after it loses
// one (sit-ups of somebody who sits).
bool TakesBackForOut(const FeatureHistory& history, const FreeCount& free, const std::vector<Attempt>& known) {
  const auto extra = std::ssize(free.attempts) - std::ssize(known);
  if (known.empty() || free.attempts.empty() || std::abs(extra) > 1) return false;
  const std::chrono::microseconds usual = FromSeconds(MedianOf(known, Duration_s));
  if (free.attempts.front().rep.start < history.frames().front().pts + usual) return false;
  if (known.back().rep.end > history.frames().back().pts - usual) return false;
  const MovementTemplate whole = MeanMovement(known);
  const auto is_reversed = [&](const Attempt& attempt) { return BeginsAtTurn(attempt, whole); };
  return 2 * std::ranges::count_if(free.attempts, is_reversed) > std::ssize(free.attempts);
}

// Share of the attempts that the count has, too.
double SharedPart(const std::vector<Attempt>& attempts, const FreeCount& free) {
  if (attempts.empty()) return 0;
  const auto is_shared = [&](const Attempt& attempt) {
    return std::ranges::any_of(free.attempts, [&](const Attempt& a) { return Overlap(a.rep, attempt.rep); });
  };
  return static_cast<double>(std::ranges::count_if(attempts, is_shared)) / static_cast<double>(attempts.size());
}

// Whether the free count explains more of what was done than the exercise's own, and neither halves nor reverses it.
bool ExplainsMore(const FeatureHistory& history, Span span, const FreeCount& free, const std::vector<Attempt>& known) {
  if (free.attempts.size() < kFewestFree || AreHalves(free, known) || TakesBackForOut(history, free, known))
    return false;
  return RhythmicWay(history, span, free.attempts) > kExplainsMore * RhythmicWay(history, span, known);
}

// Whether the free count, which explains more, is taken instead of the known attempts.
bool Overrules(const FeatureHistory& history, const FreeCount& free, const std::vector<Attempt>& known) {
  if (free.attempts.size() == known.size() || LacksPartialOnes(free, known)) return false;
  return IsExercise(history, free, Stretch::kMoment);
}

// Whether the free count, which explains more, has all the known attempts and others that move alike: a part of the set
// is sure, then the rest need not be as strict. Two may be chance, unless both match well.
bool Completes(const FeatureHistory& history, const FreeCount& free, const std::vector<Attempt>& known) {
  const bool match = std::ranges::all_of(known, [](const Attempt& attempt) { return attempt.fit >= kGoodMatch; });
  if (known.size() < (match ? kFewestKnown : kFewestFree) || free.attempts.size() <= known.size()) return false;
  return SharedPart(known, free) == 1 && IsExercise(history, free, Stretch::kSet);
}

// What one hand does in two repetitions that follow one another, in torso lengths against its shoulder.
struct HandPath {
  float shorter_way;  // out in the first one, or home in the second one
  float back;         // how far it comes back between their turns
};

// None where the hand is hidden at an end, or for most of the time between the turns.
std::optional<HandPath> PathOf(const FeatureHistory& history, SideUse hand, const Rep& a, const Rep& b) {
  const FeatureRef height{Feature::kWristHeight, hand};
  const auto at = [&](Pts pts) { return FrameAt(history, pts).Get(height); };
  const float sign = at(a.turn) > at(a.start) ? 1.0F : -1.0F;
  const float out = sign * (at(a.turn) - at(a.start));
  const float home = sign * (at(b.turn) - at(b.end));
  const Span between = SpanBetween(history, a.turn, b.turn);
  if (std::isnan(out + home + Mean(history, height, between))) return std::nullopt;
  const float reached = std::min(sign * at(a.turn), sign * at(b.turn));
  float nearest = reached;
  for (std::size_t i = between.first; i <= between.last; ++i)
    nearest = std::fmin(nearest, sign * history.frames()[i].Get(height));
  return HandPath{std::min(out, home), reached - nearest};
}

// Whether a hand goes out in the one and home in the other and hardly comes back between them: an angle that was
// misread for a moment makes two of one. Hands by turns each do only one of the two.
bool IsOneLift(const FeatureHistory& history, const Rep& a, const Rep& b) {
  bool is_one = false;
  for (const SideUse hand : {SideUse::kLeft, SideUse::kRight}) {
    const std::optional<HandPath> path = PathOf(history, hand, a, b);
    if (!path || path->shorter_way < kSeenLoad) continue;
    if (path->back >= kLeastBack * path->shorter_way) return false;
    is_one = true;
  }
  return is_one;
}

// Makes one of two between which the load that the hands carry does not come back.
void JoinLifts(const FeatureHistory& history, const ExerciseDefinition& exercise, std::vector<Attempt>& attempts) {
  if (exercise.load_path != FeatureRef{Feature::kWristsY} || !exercise.is_of_arms()) return;
  for (std::size_t i = 1; i < attempts.size();) {
    Attempt& before = attempts[i - 1];
    const Attempt& after = attempts[i];
    if (!IsOneLift(history, before.rep, after.rep)) {
      ++i;
      continue;
    }
    Attempt joined = before.rep.rom_rad > after.rep.rom_rad ? before : after;
    BeginAt(before.rep.start, exercise.eccentric_first, joined.rep);
    EndBy(after.rep.end, exercise.eccentric_first, joined.rep);
    before = std::move(joined);
    attempts.erase(attempts.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

Recount CountKnown(const FeatureHistory& history, const ExerciseDefinition& exercise, Span span) {
  Recount recount{.exercise = &exercise, .attempts = CountWithSignals(history, exercise, span)};
  AddMissed(history, span, recount.attempts);
  AddPartialReps(history, exercise, span, recount.attempts);
  JoinLifts(history, exercise, recount.attempts);
  if (!MakesSet(recount.attempts, exercise.counted, 1)) recount.attempts.clear();
  recount.confidence = MeanFit(recount.attempts);
  return recount;
}

// Where a set is looked for: around what was found live, and in all the time that it may have taken.
struct Spans {
  Span core;
  Span wide;
};

// Counts over the core, or over the wide span where that finds the same as the core, or as the known repetitions, and
// explains more of what was done there.
FreeCount CountWidely(const FeatureHistory& history, const Spans& spans, const std::vector<Attempt>& known) {
  FreeCount inner = CountFreely(history, spans.core, nullptr);
  FreeCount outer = CountFreely(history, spans.wide, nullptr);
  if (std::max(SharedPart(inner.attempts, outer), SharedPart(known, outer)) < kSharedPart) return inner;
  const auto explained = [&](const FreeCount& free) { return RhythmicWay(history, spans.wide, free.attempts); };
  return explained(outer) > explained(inner) ? outer : inner;
}

Recount AsUnknown(FreeCount free) { return {.attempts = std::move(free.attempts), .confidence = free.strength}; }

Recount CountUnknown(const FeatureHistory& history, const Spans& spans, const OpenMovement& open) {
  FreeCount free = CountWidely(history, spans, {});
  const bool is_sure = open.proven || (open.live.size() >= kSureLive && !IsWalkingAbout(history, spans.core));
  if (!is_sure && !IsExercise(history, free, Stretch::kSet)) free.attempts.clear();
  return AsUnknown(std::move(free));
}

// Counts as the exercise that the set was live. What nobody has named may turn out to be more than that, or another
// movement where it has no repetition of that.
Recount CountNamed(const FeatureHistory& history, const Spans& spans, const OpenMovement& open) {
  Recount found = CountKnown(history, *open.exercise, spans.core);
  if (open.pinned && !found.attempts.empty()) return found;
  FreeCount free = CountWidely(history, spans, found.attempts);
  if (!ExplainsMore(history, spans.wide, free, found.attempts)) return found;
  if (Overrules(history, free, found.attempts)) {
    if (found.attempts.empty() && !open.pinned) return AsUnknown(std::move(free));
    found.attempts = std::move(free.attempts);
  } else if (Completes(history, free, found.attempts)) {
    AddNeighbours(std::move(free), found.attempts);
  }
  return found;
}

// The attempts' movement the other way round: from the turn back to the start.
MovementTemplate ReversedTemplate(const std::vector<Attempt>& attempts) {
  MovementTemplate reversed;
  for (const Attempt& attempt : attempts) {
    Movement movement = attempt.movement;
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
      movement.start[i] += movement.change[i];
      movement.change[i] = -movement.change[i];
    }
    reversed.Add(movement);
  }
  return reversed;
}

// Counts as the named exercise, which all repetitions together are, even where each alone matches poorly. Where its own
// signals see less than what made the name, the free count stays.
Recount CountAsNamed(const FeatureHistory& history, const Naming& naming, const Recount& found, Span span) {
  Recount again = CountKnown(history, *naming.exercise, span);
  again.name_score = NamingScore(history, *naming.exercise, again.attempts, false);
  if (again.attempts.size() >= found.attempts.size()) return again;
  Recount result{.exercise = naming.exercise, .attempts = found.attempts, .confidence = naming.score};
  if (naming.reversed) {
    const MovementTemplate pattern = ReversedTemplate(found.attempts);
    FreeCount free = CountFreely(history, span, &pattern);
    if (free.attempts.size() >= found.attempts.size()) result.attempts = std::move(free.attempts);
  }
  if (naming.exercise->is_of_arms()) SayWhichArm(history, result.attempts);
  return result;
}

double MedianRange_rad(const std::vector<Attempt>& attempts) {
  return MedianOf(attempts, [](const Attempt& attempt) { return attempt.rep.rom_rad; });
}

// How far the load goes in the attempt, as a share of its mean way; 0 where the exercise names none, or not the arms
// move it, or the view hardly shows it.
float LoadShare(const ExerciseDefinition* exercise, const MovementTemplate& mean, const Attempt& attempt) {
  if (exercise == nullptr || !exercise->load_path || !exercise->is_of_arms()) return 0;
  const Feature load = exercise->load_path->feature;
  if (std::abs(mean.Change(load)) < kSeenLoad) return 0;
  const float share = attempt.movement.change[static_cast<std::size_t>(load)] / mean.Change(load);
  return std::isfinite(share) ? share : 0;
}

// Marks the attempts that fell clearly short of the set's usual movement, or of its main angle where that is seen.
// Joints that turn towards the camera, as flared elbows do, seem to fall short although the load goes all the way.
void MarkPartial(Recount& recount) {
  std::vector<Attempt>& attempts = recount.attempts;
  if (attempts.size() < 3) return;
  const MovementTemplate mean = MeanMovement(attempts);
  const double usual_rad = MedianRange_rad(attempts);
  for (Attempt& attempt : attempts) {
    const bool is_small_angle = usual_rad > kSeenAngle_rad && attempt.rep.rom_rad < kPartialAngle * usual_rad;
    const bool seems_short = mean.Extent(attempt.movement) < kPartialExtent || is_small_angle;
    attempt.rep.partial = seems_short && LoadShare(recount.exercise, mean, attempt) < kWholeLoad;
  }
}

Recount CountAndName(const FeatureHistory& history, const ExerciseLibrary& library, const OpenMovement& open) {
  const std::size_t last = history.frames().size() - 1;
  const auto until = [&](Pts pts) { return std::min(history.IndexAt(std::min(pts, open.limit)), last); };
  const Span known_span{history.IndexAt(open.from), until(open.last_end + kAfter)};
  const Span around{history.IndexAt(std::max(open.earliest, open.from - kLongBefore)),
                    until(open.last_end + kLongAfter)};
  const Span wide = open.pinned ? known_span : around;  // what else was done is not the exercise that somebody named
  Recount found;
  if (open.exercise != nullptr) {
    found = CountNamed(history, {known_span, wide}, open);
  } else {
    found = CountUnknown(history, {{known_span.first, until(open.last_end + kBefore)}, wide}, open);
  }
  if (open.pinned) return found;
  const Naming naming = NameMovement(history, library, found.attempts);
  if (naming.exercise == nullptr || naming.exercise == found.exercise) return found;
  if (found.exercise != nullptr) {
    const float own = NamingScore(history, *found.exercise, found.attempts, false);
    if (naming.score < own + kRenameLead) return found;
  }
  return CountAsNamed(history, naming, found, known_span);
}

// What was done all the time, when the set that was seen in it live turns out to be none.
Recount CountStay(const FeatureHistory& history, const ExerciseLibrary& library, const OpenMovement& open) {
  Recount recount;
  const Span stay = SpanBetween(history, open.earliest, open.limit);
  FreeCount free = CountFreely(history, stay, nullptr);
  if (!IsExercise(history, free, Stretch::kMoment)) return recount;
  recount = {.exercise = nullptr, .attempts = std::move(free.attempts), .confidence = free.strength};
  const Naming naming = NameMovement(history, library, recount.attempts);
  return naming.exercise != nullptr ? CountAsNamed(history, naming, recount, stay) : recount;
}

// Ends each repetition where the next one begins, so that none overlap; of two with the turn of one within the other
// the better one stays.
void Separate(std::vector<Attempt>& attempts, bool eccentric_first) {
  for (std::size_t i = 1; i < attempts.size();) {
    Attempt& before = attempts[i - 1];
    Attempt& after = attempts[i];
    if (Overlap(before.rep, after.rep)) {
      attempts.erase(attempts.begin() + static_cast<std::ptrdiff_t>(before.fit < after.fit ? i - 1 : i));
      continue;
    }
    if (after.rep.start < before.rep.end) {
      const Pts border = after.rep.start + (before.rep.end - after.rep.start) / 2;
      EndBy(border, eccentric_first, before.rep);
      BeginAt(border, eccentric_first, after.rep);
    }
    ++i;
  }
}

// Of the named exercise's main angle, of the side that moved it, on the way there or back, whichever is longer: a lift
// from the floor may begin at its far end. What found the repetition may have known another exercise, or none.
double RangeOfMotion_rad(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep) {
  const auto mean = [&](Pts from, Pts to) {
    return Mean(history, OfSide(exercise.main_angle, rep.side), SpanBetween(history, from, to));
  };
  const float turn = mean(rep.turn - kPosture, rep.turn + kPosture);
  const float out = std::abs(turn - mean(rep.start - 2 * kPosture, rep.start));
  const float home = std::abs(turn - mean(rep.end, rep.end + 2 * kPosture));
  const float range = std::fmax(out, home);
  return std::isfinite(range) ? range : 0;
}

// Exact times, none overlapping. A repetition whose exact times lie across its neighbour's keeps the rough ones.
void Refine(const FeatureHistory& history, Recount& recount) {
  const bool eccentric_first = recount.exercise == nullptr || recount.exercise->eccentric_first;
  std::vector<Attempt>& attempts = recount.attempts;
  Separate(attempts, eccentric_first);
  if (recount.exercise == nullptr) return;
  for (Attempt& attempt : attempts) {
    attempt.rep.rom_rad = RangeOfMotion_rad(history, *recount.exercise, attempt.rep);
  }
  std::vector<Attempt> refined = attempts;
  RefineTimes(history, *recount.exercise, refined);
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    const bool clashes = (i > 0 && Overlap(attempts[i - 1].rep, refined[i].rep)) ||
                         (i + 1 < attempts.size() && Overlap(refined[i].rep, attempts[i + 1].rep));
    if (!clashes) attempts[i] = std::move(refined[i]);
  }
  Separate(attempts, eccentric_first);
}

// Whether repetitions, the partial ones apart, differ from each other as those of no exercise do.
bool AreIrregular(const std::vector<Attempt>& attempts) {
  std::vector<Attempt> whole;
  std::ranges::copy_if(attempts, std::back_inserter(whole), [](const Attempt& a) { return !a.rep.partial; });
  return whole.size() >= 3 && Irregularity(whole) > kMostIrregular;
}

// Who has named the exercise does it.
bool IsSitting(const FeatureHistory& history, const Recount& recount, const OpenMovement& open) {
  return !open.pinned && recount.exercise != nullptr && IsSittingDown(history, *recount.exercise, recount.attempts);
}

bool IsEveryday(const FeatureHistory& history, const Recount& recount, const OpenMovement& open) {
  if (IsGesturing(recount.attempts) || IsOneSlowMovement(recount.attempts) || IsSitting(history, recount, open))
    return true;
  if (recount.attempts.size() == 1 && !ComesBack(history, recount.attempts[0])) return true;
  if (recount.exercise == nullptr) return !open.proven && AreStrides(history, recount.attempts);
  if (recount.confidence >= kGoodMatch) return false;
  return AreIrregular(recount.attempts) || AreSteps(history, *recount.exercise, recount.attempts);
}

bool IsSet(const Recount& recount) {
  const bool is_poor = recount.exercise != nullptr && std::max(recount.confidence, recount.name_score) < kPoorMatch;
  if (is_poor && recount.attempts.size() < kFewestPoor) return false;
  return recount.attempts.size() >= (recount.exercise != nullptr ? LeastReps(*recount.exercise) : 1);
}

// The repetitions found live that the history has forgotten, at least their beginning: where the rest was a set, they
// belong to it.
std::span<const Attempt> Forgotten(const FeatureHistory& history, const OpenMovement& open) {
  const Pts known_since = history.frames().front().pts;
  const auto first_known =
      std::ranges::find_if(open.live, [&](const Attempt& a) { return a.rep.start >= known_since; });
  return {open.live.begin(), first_known};
}

// Puts them before what was counted again. Their angle is of the exercise that they were taken for then.
void PutBack(std::span<const Attempt> forgotten, const OpenMovement& open, Recount& recount) {
  recount.attempts.insert(recount.attempts.begin(), forgotten.begin(), forgotten.end());
  if (recount.exercise != open.exercise) {
    for (std::size_t i = 0; i < forgotten.size(); ++i) recount.attempts[i].rep.rom_rad = 0;
  }
  Separate(recount.attempts, recount.exercise == nullptr || recount.exercise->eccentric_first);
}

}  // namespace

Recount Settle(const FeatureHistory& history, const ExerciseLibrary& library, const OpenMovement& open) {
  Recount recount = CountAndName(history, library, open);
  DropUnlikeEnds(history, recount.exercise, recount.attempts);
  const std::span<const Attempt> forgotten = Forgotten(history, open);
  const std::span<const Attempt> known = open.live.subspan(forgotten.size());
  if (known.size() >= kManyLive &&
      static_cast<double>(recount.attempts.size()) < kLostShare * static_cast<double>(known.size())) {
    if (recount.exercise == nullptr) recount.exercise = open.exercise;
    recount.attempts.assign(known.begin(), known.end());
  }
  if (IsEveryday(history, recount, open)) {
    recount.attempts.clear();
  } else if (!open.pinned && !IsSet(recount)) {
    recount = CountStay(history, library, open);
    DropUnlikeEnds(history, recount.exercise, recount.attempts);
    if (IsEveryday(history, recount, open)) recount.attempts.clear();
  }
  Refine(history, recount);
  // The exact times may tell more of the pauses.
  if (AreTwoApart(recount.attempts) || IsGesturing(recount.attempts) || IsSitting(history, recount, open))
    recount.attempts.clear();
  if (recount.exercise == nullptr) SayWhichArm(history, recount.attempts);
  MarkPartial(recount);
  if (!recount.attempts.empty() || open.pinned) PutBack(forgotten, open, recount);
  return recount;
}

}  // namespace spotter::exercise
