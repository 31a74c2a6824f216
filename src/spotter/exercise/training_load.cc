// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/training_load.h"

#include <algorithm>

namespace spotter::exercise {
namespace {

constexpr int kMostReps = 12;

bool CanEstimate(const LoadedSet& set) { return set.reps >= 1 && set.reps <= kMostReps && set.weight_kg > 0; }

}  // namespace

double Volume_kg(std::span<const LoadedSet> sets) {
  double volume = 0;
  for (const LoadedSet& set : sets) volume += std::max(set.reps, 0) * std::max(set.weight_kg, 0.0);
  return volume;
}

std::optional<double> EpleyOneRepMax_kg(const LoadedSet& set) {
  if (!CanEstimate(set)) return std::nullopt;
  return set.reps == 1 ? set.weight_kg : set.weight_kg * (1 + set.reps / 30.0);
}

std::optional<double> BrzyckiOneRepMax_kg(const LoadedSet& set) {
  if (!CanEstimate(set)) return std::nullopt;
  return set.weight_kg * 36 / (37 - set.reps);
}

std::string_view ToString(RecordKind kind) {
  switch (kind) {
    case RecordKind::kHeaviest:
      return "heaviest";
    case RecordKind::kMostReps:
      return "most_reps";
    case RecordKind::kOneRepMax:
      return "one_rep_max";
    case RecordKind::kSetVolume:
      return "set_volume";
  }
  return "heaviest";
}

Records FindRecords(std::span<const LoadedSet> sets, std::string_view exercise) {
  Records records;
  for (const LoadedSet& set : sets) {
    if (set.exercise != exercise || set.reps < 1) continue;
    records.heaviest_kg = std::max(records.heaviest_kg, set.weight_kg);
    records.most_reps = std::max(records.most_reps, set.reps);
    records.one_rep_max_kg = std::max(records.one_rep_max_kg, EpleyOneRepMax_kg(set).value_or(0));
    records.set_volume_kg = std::max(records.set_volume_kg, Volume_kg({&set, 1}));
  }
  return records;
}

std::vector<RecordKind> BeatenRecords(const Records& before, const LoadedSet& set) {
  std::vector<RecordKind> beaten;
  if (before.most_reps == 0 || set.reps < 1) return beaten;
  if (set.weight_kg > before.heaviest_kg) beaten.push_back(RecordKind::kHeaviest);
  if (set.reps > before.most_reps) beaten.push_back(RecordKind::kMostReps);
  if (EpleyOneRepMax_kg(set).value_or(0) > before.one_rep_max_kg) beaten.push_back(RecordKind::kOneRepMax);
  if (Volume_kg({&set, 1}) > before.set_volume_kg) beaten.push_back(RecordKind::kSetVolume);
  return beaten;
}

}  // namespace spotter::exercise
