// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/cycle_detector.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/movement.h"

namespace spotter::exercise {

// A repetition that misses the exercise's gates still counts in a set whose other repetitions it resembles: at least
// two good ones are known, it starts from their posture, moves in their direction and at least 40 % as far.
bool Resembles(const Attempt& attempt, const MovementTemplate& good, float typical_range);

// Attempts at least this fit count by themselves and make the template.
inline constexpr float kGoodFit = 0.35F;

// Whether attempts of one signal make a set: one clear repetition, or several less clear ones that are alike and follow
// one another. The least number of repetitions must come without a longer break, too.
bool MakesSet(std::span<const Attempt> attempts, CountedPart counted, int min_reps);

// Judges a cycle found in one of the exercise's signals.
std::optional<Attempt> JudgeSignal(const FeatureHistory& history,
                                   const ExerciseDefinition& exercise,
                                   const Signal& signal,
                                   const Cycle& cycle);

// A cycle detector for the signal, before anything is known about the person's range.
CycleDetector MakeDetector(const ExerciseDefinition& exercise, const Signal& signal);

// One way to see the movement: an exercise watched through one of its signals. Collects the repetitions that it would
// count since the last set. One person, one owner, not thread safe; the definition outlives it.
class Candidate {
 public:
  Candidate(const ExerciseDefinition& exercise, const Signal& signal);

  // The history's last frame is new. True when an attempt was found.
  bool Update(const FeatureHistory& history);
  // The stream ends: takes a cycle that is nearly complete. True when an attempt was found.
  bool Finish(const FeatureHistory& history);
  // Forgets attempts that ended before `pts`.
  void Forget(Pts pts);

  const ExerciseDefinition& exercise() const { return *exercise_; }
  const Signal& signal() const { return *signal_; }
  std::span<const Attempt> attempts() const { return attempts_; }
  // How much of the movement it explains: sum of duration x fit^2 of its attempts that end after `since`.
  double Evidence(Pts since) const;
  // Attempts that began after `since`, a little overlap allowed.
  int StartedSince(Pts since) const;
  // When the first of them began. REQUIRES: StartedSince(since) > 0
  Pts FirstStart(Pts since) const;
  // Whether its attempts that end after `since` make a set.
  bool IsClear(Pts since) const;
  // Where the person is in the cycle now, [0, 1], and in which phase of it.
  double Progress(const FeatureHistory& history) const;
  Phase CurrentPhase(const FeatureHistory& history) const;
  // The attempts' typical range, 0 before the second.
  float TypicalRange() const;

 private:
  bool Add(const FeatureHistory& history, const Cycle& cycle);

  const ExerciseDefinition* exercise_;
  const Signal* signal_;
  CycleDetector detector_;
  std::vector<Attempt> attempts_;
  MovementTemplate template_;  // of the good ones among attempts_
};

}  // namespace spotter::exercise
