// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/cadence_tracker.h"

#include <algorithm>

#include "spotter/base/median.h"
#include "spotter/exercise/everyday.h"
#include "spotter/exercise/gates.h"
#include "spotter/exercise/rhythm.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kLookInterval{500'000};
constexpr std::chrono::microseconds kMayBreak{3'000'000};  // the rhythm may be lost for so long
constexpr double kCyclesSeen = 3;                          // of the slowest rhythm, that a look takes in,
constexpr double kShortestLook_s = 5;
constexpr double kLongestLook_s = 9;
constexpr float kLeastStrength = 0.5F;
constexpr float kLeastScore = 0.5F;         // of the posture
constexpr std::size_t kLatest = 10;         // looks whose rhythm is the present one
constexpr std::size_t kMostLooks = 20'000;  // that are remembered: nearly three hours

double Present(const std::vector<double>& rpms) {
  return Median<double>({rpms.end() - static_cast<std::ptrdiff_t>(std::min(kLatest, rpms.size())), rpms.end()});
}

std::chrono::microseconds LookLength(const ExerciseDefinition& exercise) {
  double slowest_s = 0;
  for (const Signal& signal : exercise.signals) slowest_s = std::max(slowest_s, 60 * signal.turns / exercise.min_rpm);
  return FromSeconds(std::clamp(kCyclesSeen * slowest_s, kShortestLook_s, kLongestLook_s));
}

// Turns a minute by the signal that is most regular; 0: none is.
double TurnsAMinute(const FeatureHistory& history, const ExerciseDefinition& exercise, Span span) {
  double rpm = 0;
  float strongest = kLeastStrength;
  for (const Signal& signal : exercise.signals) {
    const std::optional<Rhythm> rhythm = MeasureRhythm(history, signal, span);
    if (!rhythm || rhythm->strength < strongest || rhythm->range < signal.min_rom) continue;
    const double turns = 60 * signal.turns / rhythm->cycle_s;
    if (turns < exercise.min_rpm || turns > exercise.max_rpm) continue;
    strongest = rhythm->strength;
    rpm = turns;
  }
  return rpm;
}

}  // namespace

CadenceTracker::CadenceTracker(const ExerciseLibrary& library) {
  for (const ExerciseDefinition& exercise : library.exercises()) {
    if (exercise.kind == Kind::kCadence) rides_.push_back(&exercise);
  }
}

CadenceTracker::Sight CadenceTracker::Look(const FeatureHistory& history) const {
  Sight best;
  const Pts now = history.frames().back().pts;
  for (const ExerciseDefinition* exercise : rides_) {
    const Pts since = now - LookLength(*exercise);
    if (history.frames().front().pts > since) continue;
    const Span span{history.IndexAt(since), history.frames().size() - 1};
    const float score = GateScore(history, *exercise, {span, span, span});
    if (score < kLeastScore || score <= best.score || IsWalkingAbout(history, span)) continue;
    const double rpm = TurnsAMinute(history, *exercise, span);
    if (rpm > 0) best = {exercise, rpm, score, since};
  }
  return best;
}

void CadenceTracker::Follow(const Sight& sight, Pts now) {
  if (!ride_ || &ride_->set.exercise() != sight.exercise)
    ride_ = Ride{.set = {*sight.exercise, sight.since, now}, .rpms = {}};
  ride_->set.See(now);
  if (ride_->rpms.size() < kMostLooks) ride_->rpms.push_back(sight.rpm);
}

std::vector<Finding> CadenceTracker::Update(const FeatureHistory& history, bool busy, int& sets_done) {
  std::vector<Finding> findings;
  const Pts now = history.frames().back().pts;
  if (now < next_look_ || rides_.empty()) return findings;
  next_look_ = now + kLookInterval;
  const Sight sight = busy ? Sight{} : Look(history);
  const bool is_other = ride_ && sight.exercise != nullptr && sight.exercise != &ride_->set.exercise();
  if (ride_ && (busy || is_other || now - ride_->set.last() > kMayBreak)) End(findings, sets_done);
  if (sight.exercise != nullptr) Follow(sight, now);
  Tell(findings);
  return findings;
}

void CadenceTracker::Tell(std::vector<Finding>& findings) {
  if (!ride_) return;
  ride_->set.Announce(findings);
  while (const auto duration = ride_->set.NextToTell()) {
    findings.push_back(
        {ride_->set.At(*duration), CadenceProgress{ride_->set.exercise().id, *duration, Present(ride_->rpms)}});
  }
}

void CadenceTracker::End(std::vector<Finding>& findings, int& sets_done) {
  if (ride_ && ride_->set.is_announced()) {
    Set set = ride_->set.Result();
    set.cadence_rpm = Median(ride_->rpms);
    findings.push_back({set.start, SetCompleted{++sets_done, {}, std::move(set)}});
  }
  ride_.reset();
}

std::vector<Finding> CadenceTracker::Close(int& sets_done) {
  std::vector<Finding> findings;
  End(findings, sets_done);
  return findings;
}

std::optional<SetInProgress> CadenceTracker::InProgress() const {
  if (!ride_ || !ride_->set.is_announced()) return std::nullopt;
  SetInProgress progress = ride_->set.Progress();
  progress.cadence_rpm = Present(ride_->rpms);
  return progress;
}

}  // namespace spotter::exercise
