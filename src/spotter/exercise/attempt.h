// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/rep.h"
#include "spotter/exercise/cycle_detector.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"
#include "spotter/exercise/movement.h"
#include "spotter/exercise/series.h"

namespace spotter::exercise {

// A cycle of a signal, measured and judged as one repetition of an exercise.
struct Attempt {
  Rep rep;                  // times, phases and range; `counted_at` is set by whoever announces it
  float range = 0;          // of the signal, in its own unit
  float fit = 0;            // [0, 1]: how well postures and movement match the exercise
  bool timely = false;      // its duration is one of the exercise
  bool one_handed = false;  // one hand goes up to face or chest, the other one hangs
  Movement movement;
};

inline double Duration_s(const Attempt& attempt) { return ToSeconds(attempt.rep.end - attempt.rep.start); }

// The side that moved the feature, the other one hardly; both where neither stands out or one is not seen.
// REQUIRES: a paired feature
Side MovingSide(const FeatureHistory& history, Feature feature, Span span);

// The feature of that side alone, where the reference means both; as it is for both, and where nothing is paired.
FeatureRef OfSide(FeatureRef ref, Side side);

// Of all of them, good or not.
MovementTemplate MeanMovement(std::span<const Attempt> attempts);

// Measures the cycle: when the start posture is left, the middle of the far end, when it is back, phases, range; then
// judges start and far end against the exercise's gates. `series` holds the signal that the cycle was found in. None
// when series or history do not reach back to the cycle.
std::optional<Attempt> Judge(const FeatureHistory& history,
                             const ExerciseDefinition& exercise,
                             const Series& series,
                             const Cycle& cycle);

// Every cycle that the detector finds complete in the series, in time order.
std::vector<Cycle> FindCompleteCycles(const FeatureHistory& history, const Series& series, CycleDetector& detector);

// Those, and the one that is still open at the series' end.
std::vector<Cycle> FindCycles(const FeatureHistory& history, const Series& series, CycleDetector detector);

// Those of FindCycles that can be judged and last as long as a repetition of the exercise does.
std::vector<Attempt> FindAttempts(const FeatureHistory& history,
                                  const ExerciseDefinition& exercise,
                                  const Series& series,
                                  const CycleDetector& detector);

// [0, 1]: 1 when the hips are at the end where they were at the beginning. Walking through the picture or towards the
// camera moves many joints in cycles; exercises stay on the spot. Of a repetition of which only the way back was seen
// the hips may end higher or lower.
float OnTheSpotScore(const FeatureHistory& history, Span span, bool way_back_only = false);

// Share of a full range below which an attempt of this signal counts less.
float RangeScore(const Signal& signal, float range);

}  // namespace spotter::exercise
