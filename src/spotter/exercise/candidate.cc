// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/candidate.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "spotter/base/median.h"
#include "spotter/exercise/everyday.h"

namespace spotter::exercise {
namespace {

constexpr float kThresholdShare = 0.6F;    // of the smallest admissible range: movements smaller than it are ignored
constexpr float kClearFit = 0.68F;         // one such repetition opens a set
constexpr double kUsual_s = 2;             // a repetition that stands for itself takes this long,
constexpr double kUsualReturn_s = 1;       // a way back alone this long; quicker ones may be gestures
constexpr float kClearSum = 1.0F;          // or several with this sum
constexpr double kLongestBreak_s = 3;      // between them, or as long as the one before took
constexpr double kLongestCounted_s = 6;    // longer repetitions are no better evidence
constexpr float kSmallestAttempt = 0.32F;  // of the person's range: half a squat by angle is a third by height
constexpr std::chrono::microseconds kOverlap{300'000};  // that two sets may share
constexpr std::chrono::microseconds kPhaseWindow{200'000};
constexpr float kStillShare = 0.06F;  // of a range, within kPhaseWindow: a pause
constexpr std::size_t kMaxAttempts = 300;
constexpr std::size_t kLatestAttempts = 12;  // whose range is the present one
constexpr float kSmallestExtent = 0.25F;     // along the mean movement
constexpr float kLeastLikeness = 0.8F;
constexpr float kFarthestStart = 0.3F;  // radians and torso lengths alike

// How well an attempt stands for itself, [0, 1]: its fit, less for a quick gesture.
float Clarity(const Attempt& attempt, CountedPart counted) {
  const double duration_s = Duration_s(attempt);
  const double usual_s = counted == CountedPart::kReturn ? kUsualReturn_s : kUsual_s;
  return attempt.fit * static_cast<float>(std::min(1.0, duration_s / usual_s));
}

// Repetitions of a set follow one another; a gesture that comes again after a while is another gesture.
bool Follows(const Attempt& before, const Attempt& after) {
  const double duration_s = Duration_s(before);
  return ToSeconds(after.rep.start - before.rep.end) <= std::max(kLongestBreak_s, duration_s);
}

// Whether attempts without a longer break make a set.
bool IsSet(std::span<const Attempt> attempts, CountedPart counted, int min_reps) {
  if (attempts.size() < static_cast<std::size_t>(min_reps)) return false;
  if (IsGesturing(attempts) || IsOneSlowMovement(attempts)) return false;
  const MovementTemplate mean = MeanMovement(attempts);
  if (!IsWellSeen(mean.Start(Feature::kSize), mean.Start(Feature::kConfidence))) return false;
  float best = 0;
  float sum = 0;
  for (const Attempt& attempt : attempts) {
    const float clarity = Clarity(attempt, counted);
    best = std::max(best, clarity);
    if (attempts.size() == 1 || mean.Likeness(attempt.movement) >= kLeastLikeness) sum += clarity;
  }
  return best >= kClearFit || (attempts.size() > 1 && sum >= kClearSum);
}

}  // namespace

bool Resembles(const Attempt& attempt, const MovementTemplate& good, float typical_range) {
  return attempt.timely && good.count() >= 2 && attempt.range >= kSmallestAttempt * typical_range &&
         good.Extent(attempt.movement) >= kSmallestExtent && good.Likeness(attempt.movement) >= kLeastLikeness &&
         good.StartDistance(attempt.movement) <= kFarthestStart;
}

bool MakesSet(std::span<const Attempt> attempts, CountedPart counted, int min_reps) {
  std::size_t first = 0;
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    if (i + 1 < attempts.size() && Follows(attempts[i], attempts[i + 1])) continue;
    if (IsSet(attempts.subspan(first, i + 1 - first), counted, min_reps)) return true;
    first = i + 1;
  }
  return false;
}

std::optional<Attempt> JudgeSignal(const FeatureHistory& history,
                                   const ExerciseDefinition& exercise,
                                   const Signal& signal,
                                   const Cycle& cycle) {
  const std::size_t size = history.frames().size();
  const std::size_t first = history.IndexAt(cycle.start.pts);
  const std::size_t last = std::min(history.IndexAt(cycle.end.pts), size - 1);
  if (first > last) return std::nullopt;
  std::optional<Attempt> attempt = Judge(history, exercise, MakeSeries(history, signal, {first, last}), cycle);
  if (attempt) attempt->fit *= RangeScore(signal, attempt->range);
  return attempt;
}

CycleDetector MakeDetector(const ExerciseDefinition& exercise, const Signal& signal) {
  return CycleDetector(kThresholdShare * signal.min_rom,
                       exercise.counted == CountedPart::kReturn ? signal.full_rom : 0);
}

Candidate::Candidate(const ExerciseDefinition& exercise, const Signal& signal)
    : exercise_(&exercise), signal_(&signal), detector_(MakeDetector(exercise, signal)) {}

bool Candidate::Update(const FeatureHistory& history) {
  const FeatureFrame& frame = history.frames().back();
  const std::optional<Cycle> cycle = detector_.Update(frame.pts, OrientedValue(frame, *signal_));
  return cycle && Add(history, *cycle);
}

bool Candidate::Finish(const FeatureHistory& history) {
  const std::optional<Cycle> cycle = detector_.Finish();
  return cycle && Add(history, *cycle);
}

bool Candidate::Add(const FeatureHistory& history, const Cycle& cycle) {
  std::optional<Attempt> attempt = JudgeSignal(history, *exercise_, *signal_, cycle);
  if (!attempt) return false;
  const bool good = attempt->fit >= kGoodFit && attempt->range >= kSmallestAttempt * TypicalRange();
  if (!good && !Resembles(*attempt, template_, TypicalRange())) return false;
  if (attempts_.size() >= kMaxAttempts) attempts_.erase(attempts_.begin());
  attempts_.push_back(*attempt);
  if (good) template_.Add(attempt->movement);
  detector_.SetTypicalRange(TypicalRange());
  return true;
}

void Candidate::Forget(Pts pts) {
  if (std::erase_if(attempts_, [&](const Attempt& attempt) { return attempt.rep.end < pts; }) == 0) return;
  template_ = MovementTemplate();
  for (const Attempt& attempt : attempts_) {
    if (attempt.fit >= kGoodFit) template_.Add(attempt.movement);
  }
  detector_.SetTypicalRange(TypicalRange());
}

double Candidate::Evidence(Pts since) const {
  double sum = 0;
  for (const Attempt& attempt : attempts_) {
    if (attempt.rep.end < since) continue;
    sum += attempt.fit * attempt.fit * std::min(Duration_s(attempt), kLongestCounted_s);
  }
  return exercise_->prior * sum;
}

int Candidate::StartedSince(Pts since) const {
  return static_cast<int>(std::count_if(attempts_.begin(), attempts_.end(),
                                        [&](const Attempt& attempt) { return attempt.rep.start >= since - kOverlap; }));
}

Pts Candidate::FirstStart(Pts since) const {
  return std::find_if(attempts_.begin(), attempts_.end(),
                      [&](const Attempt& attempt) { return attempt.rep.start >= since - kOverlap; })
      ->rep.start;
}

bool Candidate::IsClear(Pts since) const {
  const auto first = std::find_if(attempts_.begin(), attempts_.end(),
                                  [&](const Attempt& attempt) { return attempt.rep.end >= since; });
  return MakesSet({first, attempts_.end()}, exercise_->counted, signal_->min_reps);
}

double Candidate::Progress(const FeatureHistory& history) const {
  const float value = OrientedValue(history.frames().back(), *signal_);
  return std::isfinite(value) ? detector_.Progress(value) : 0;
}

Phase Candidate::CurrentPhase(const FeatureHistory& history) const {
  const std::size_t before = history.IndexAt(history.frames().back().pts - kPhaseWindow);
  const float move =
      OrientedValue(history.frames().back(), *signal_) - OrientedValue(history.frames()[before], *signal_);
  if (std::isnan(move)) return Phase::kNone;
  const bool first_is_eccentric = exercise_->eccentric_first;
  const float still = kStillShare * std::max(TypicalRange(), signal_->min_rom);
  if (move > still) return first_is_eccentric ? Phase::kEccentric : Phase::kConcentric;
  if (move < -still) return first_is_eccentric ? Phase::kConcentric : Phase::kEccentric;
  const bool is_far = Progress(history) > 0.5;
  return is_far == first_is_eccentric ? Phase::kPauseStretched : Phase::kPauseShortened;
}

float Candidate::TypicalRange() const {
  if (attempts_.size() < 2) return 0;
  const std::size_t latest = std::min(attempts_.size(), kLatestAttempts);
  return MedianOf(std::span(attempts_).last(latest), &Attempt::range);
}

}  // namespace spotter::exercise
