// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "spotter/core/rep.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"
#include "spotter/exercise/rep_measure.h"

namespace spotter::exercise {

struct FormOptions {
  // 1 = as the exercise files say; every allowed deviation is divided by it. (0, 4]
  double strictness = 1;
};

// What an exercise's form rules need to know of one repetition.
struct RepForm {
  std::optional<View> view;
  std::vector<std::optional<Reading>> readings;  // one for each test, in the order of the rules and their tests
  Side side = Side::kBoth;
  std::optional<float> peak_mps;  // of the load
};
RepForm MeasureForm(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep);

// Faults of one of a set's repetitions, in the order of the rules. A test is left out where the view cannot tell, its
// joints are hidden, a fault that looks the same explains it (FormTest::unless), it needs the person's usual value and
// fewer than two other repetitions are known, or it calls a repetition short whose load moved hardly faster than usual:
// an end of it was missed, or it went less far. REQUIRES: index < reps.size()
std::vector<FormFault> JudgeRep(const ExerciseDefinition& exercise,
                                std::span<const RepForm> reps,
                                std::size_t index,
                                const FormOptions& options);

// Whether any of the exercise's tests could be judged in that repetition. REQUIRES: index < reps.size()
bool IsAssessable(const ExerciseDefinition& exercise, std::span<const RepForm> reps, std::size_t index);
// In any of them.
bool AnyAssessable(const ExerciseDefinition& exercise, std::span<const RepForm> reps);

// [0, 1]: 1 less what its faults cost (info 0.1, warning 0.25, critical 0.5), mean of the repetitions. Another fault,
// or a more severe one, never raises it. None for no repetition.
std::optional<double> FormScore(std::span<const Rep> reps);

// Fills the faults of all repetitions of a set that is over, and its form score where any of its rules could be judged.
void JudgeSet(const FeatureHistory& history, const ExerciseDefinition& exercise, const FormOptions& options, Set& set);

}  // namespace spotter::exercise
