// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/variant_namer.h"

#include <algorithm>
#include <optional>

#include "spotter/base/median.h"
#include "spotter/exercise/gates.h"
#include "spotter/exercise/rep_measure.h"

namespace spotter::exercise {
namespace {

constexpr float kLeastFit = 0.5F;       // product of the gates
constexpr std::size_t kFewestReps = 2;  // until a variant is named live
constexpr std::size_t kMostReps = 12;   // that say what a set is

std::optional<float> MedianReading(const FeatureHistory& history, const MomentGate& told, std::span<const Rep> reps) {
  const FormMeasure measure{.feature = told.gate.feature, .moment = told.moment, .timing = {}};
  std::vector<float> values;
  for (const Rep& rep : reps) {
    if (const std::optional<Reading> reading = Read(history, measure, rep)) values.push_back(reading->value);
  }
  if (2 * values.size() <= reps.size()) return std::nullopt;
  return Median(std::move(values));
}

float Fit(const FeatureHistory& history, const ExerciseDefinition& variant, std::span<const Rep> reps) {
  float fit = 1;
  for (const MomentGate& told : variant.told_by) {
    const std::optional<float> value = MedianReading(history, told, reps);
    if (!value) return 0;
    fit *= Membership(told.gate, *value);
  }
  return fit;
}

}  // namespace

const ExerciseDefinition* FindVariant(const FeatureHistory& history,
                                      const ExerciseLibrary& library,
                                      const ExerciseDefinition& exercise,
                                      std::span<const Rep> reps) {
  const ExerciseDefinition* best = nullptr;
  float most = kLeastFit;
  for (const ExerciseDefinition& variant : library.exercises()) {
    if (variant.variant_of != exercise.id || variant.told_by.empty()) continue;
    const float fit = Fit(history, variant, reps.first(std::min(reps.size(), kMostReps)));
    if (fit < most) continue;
    most = fit;
    best = &variant;
  }
  return best;
}

void VariantNamer::EndSet() {
  exercise_.clear();
  variant_ = nullptr;
  reps_.clear();
}

void VariantNamer::Count(const FeatureHistory& history, RepCounted& counted) {
  if (counted.exercise != exercise_) variant_ = nullptr;
  exercise_ = counted.exercise;
  if (reps_.size() < kMostReps) reps_.push_back(counted.rep);
  const ExerciseDefinition* exercise = library_->Find(exercise_);
  // Once named it stays until the set is settled: nobody wants a name that changes to and fro.
  if (variant_ == nullptr && exercise != nullptr && reps_.size() >= kFewestReps)
    variant_ = FindVariant(history, *library_, *exercise, reps_);
  counted.exercise = NameOf(exercise_);
}

void VariantNamer::Settle(const FeatureHistory& history, Set& set) {
  const ExerciseDefinition* exercise = library_->Find(set.exercise);
  if (exercise == nullptr || set.reps.empty()) return;
  if (const ExerciseDefinition* variant = FindVariant(history, *library_, *exercise, set.reps))
    set.exercise = variant->id;
}

void VariantNamer::Update(const FeatureHistory& history, std::span<Finding> found) {
  if (is_pinned_) return;
  for (Finding& finding : found) {
    if (auto* counted = std::get_if<RepCounted>(&finding.data)) {
      Count(history, *counted);
    } else if (std::holds_alternative<SetStarted>(finding.data)) {
      EndSet();
    } else if (auto* completed = std::get_if<SetCompleted>(&finding.data)) {
      Settle(history, completed->set);
      EndSet();
    }
  }
}

std::string VariantNamer::NameOf(const std::string& exercise) const {
  return variant_ != nullptr && exercise == exercise_ ? variant_->id : exercise;
}

}  // namespace spotter::exercise
