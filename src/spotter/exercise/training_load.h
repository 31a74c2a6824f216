// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spotter::exercise {

// A set and the weight it was done with. Pure facts: where the weight comes from is the caller's business.
struct LoadedSet {
  std::string exercise;
  int reps = 0;  // complete ones
  double weight_kg = 0;
};

// Sum of repetitions times weight, kg.
double Volume_kg(std::span<const LoadedSet> sets);

// Estimated one-repetition maximum, kg. Both formulas fit sets of few repetitions; none is given above 12, for no
// repetition, or without weight. One repetition is its own maximum.
//   Epley, Poundage Chart, Boyd Epley Workout, 1985: w (1 + r / 30)
//   Brzycki, Strength Testing, JOPERD 64(1), 1993: w 36 / (37 - r)
std::optional<double> EpleyOneRepMax_kg(const LoadedSet& set);
std::optional<double> BrzyckiOneRepMax_kg(const LoadedSet& set);

enum class RecordKind { kHeaviest, kMostReps, kOneRepMax, kSetVolume };
std::string_view ToString(RecordKind kind);

// Best figures of one exercise; 0 where there is none.
struct Records {
  double heaviest_kg = 0;
  int most_reps = 0;          // in one set, at any weight
  double one_rep_max_kg = 0;  // Epley
  double set_volume_kg = 0;
};
Records FindRecords(std::span<const LoadedSet> sets, std::string_view exercise);

// Which records a new set of the same exercise beats. A first set beats none: there is nothing to compare it with.
std::vector<RecordKind> BeatenRecords(const Records& before, const LoadedSet& set);

}  // namespace spotter::exercise
