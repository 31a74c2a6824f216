// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/form_judge.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "spotter/exercise/rep_physics.h"
#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kFewestOthers = 2;       // repetitions that make a usual value
constexpr float kDeviationOfMedian = 1.4826F;  // standard deviation over median distance, of a normal distribution
constexpr float kDeviations = 3;               // standard deviations of the others: less is their scatter
// What strictness moves an absolute limit by at most.
constexpr float kAngleMargin = static_cast<float>(15 / kDegreesPerRadian);
constexpr float kMargin = 0.2F;  // torso lengths or seconds

bool IsAgainstUsual(Expectation expectation) {
  return expectation != Expectation::kAbove && expectation != Expectation::kBelow;
}

bool CanTell(const FormTest& test, std::optional<View> view) {
  return test.views.empty() || (view && std::ranges::find(test.views, *view) != test.views.end());
}

// Of an even number the mean of the middle two: a usual value, not one that occurred.
float UsualValue(std::vector<float> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

// What the person's other repetitions show of one value.
struct Usual {
  float value = 0;
  float scatter = 0;  // standard deviation, by the median distance from it: one of them may be a fault itself
};

// What is known of a value in the other repetitions; too few say nothing. `get` gives it for a RepForm, if it is known.
template <typename Get>
std::optional<Usual> UsualOf(std::span<const RepForm> reps, std::size_t without, Get get) {
  std::vector<float> values;
  for (std::size_t i = 0; i < reps.size(); ++i) {
    const std::optional<float> value = get(reps[i]);
    if (i != without && value) values.push_back(*value);
  }
  if (values.size() < kFewestOthers) return std::nullopt;
  const float usual = UsualValue(values);
  for (float& value : values) value = std::abs(value - usual);
  return Usual{usual, kDeviationOfMedian * UsualValue(std::move(values))};
}

// How far a value may deviate before it is a fault, and by how much it does; both positive for a fault.
struct Deviation {
  float by = 0;
  float allowed = 0;
  float bound = 0;  // value at which the fault begins
};

Deviation AgainstLimit(const FormTest& test, float value, float strictness) {
  const float margin = !test.measure.timing && IsAngle(test.measure.feature.feature) ? kAngleMargin : kMargin;
  const float shift = margin * (1 - 1 / strictness);
  const bool above = test.expectation == Expectation::kAbove;
  const float bound = above ? test.limit - shift : test.limit + shift;
  // The margin stands for the deviation that a sound repetition of this kind may have.
  return {margin + (above ? value - bound : bound - value), margin, bound};
}

Deviation AgainstUsual(const FormTest& test, float value, const Usual& usual, float strictness) {
  const bool is_share = test.expectation == Expectation::kShareOfUsual;
  const float limit = is_share ? (1 - test.limit) * std::abs(usual.value) : test.limit;
  const float allowed = std::max(limit / strictness, kDeviations * usual.scatter);
  if (is_share) {
    // Of the same sign as the usual value, or nothing at all.
    const float size = usual.value >= 0 ? value : -value;
    const float bound = std::abs(usual.value) - allowed;
    return {std::abs(usual.value) - size, allowed, usual.value >= 0 ? bound : -bound};
  }
  const float off = value - usual.value;
  const bool low =
      test.expectation == Expectation::kBelowUsual || (test.expectation == Expectation::kOffUsual && off < 0);
  return {low ? -off : off, allowed, low ? usual.value - allowed : usual.value + allowed};
}

// Whether at least half of the repetitions are of both sides. One arm alone, or both by turns, is as uneven as can be.
bool UseBothSides(std::span<const RepForm> reps) {
  return 2 * std::ranges::count(reps, Side::kBoth, &RepForm::side) >= std::ssize(reps);
}

// Whether the load went clearly faster in a repetition that took so much less time (usual / own): the same way would
// need as much more speed, half of it (geometrically) is asked for. True where the speed is not known.
bool IsFaster(std::span<const RepForm> reps, std::size_t rep, float times_shorter) {
  const std::optional<Usual> usual_mps = UsualOf(reps, rep, [](const RepForm& form) { return form.peak_mps; });
  if (!reps[rep].peak_mps || !usual_mps) return true;
  return *reps[rep].peak_mps > std::sqrt(times_shorter) * usual_mps->value;
}

std::optional<Deviation> Judge(const FormTest& test,
                               std::span<const RepForm> reps,
                               std::pair<std::size_t, std::size_t> rep_and_test,
                               const FormOptions& options) {
  const auto [rep, number] = rep_and_test;
  const std::optional<Reading>& reading = reps[rep].readings[number];
  if (!reading || !CanTell(test, reps[rep].view)) return std::nullopt;
  const auto strictness = static_cast<float>(options.strictness);
  if (test.measure.feature.side == SideUse::kLead && !UseBothSides(reps)) return std::nullopt;
  if (!IsAgainstUsual(test.expectation)) return AgainstLimit(test, reading->value, strictness);
  const std::optional<Usual> usual = UsualOf(reps, rep, [number = number](const RepForm& form) {
    const std::optional<Reading>& known = form.readings[number];
    return known ? std::optional(known->value) : std::nullopt;
  });
  if (!usual) return std::nullopt;
  const Deviation deviation = AgainstUsual(test, reading->value, *usual, strictness);
  const bool is_short = test.measure.timing == Timing::kWhole && reading->value < usual->value;
  if (is_short && deviation.by > deviation.allowed && !IsFaster(reps, rep, usual->value / reading->value))
    return std::nullopt;
  return deviation;
}

FormFault MakeFault(const FormRule& rule, const FormTest& test, const Reading& reading, const Deviation& deviation) {
  const FormMeasure& measure = test.measure;
  const bool is_angle = !measure.timing && IsAngle(measure.feature.feature);
  const double unit = is_angle ? kDegreesPerRadian : 1;
  // Half sure at the limit, sure at twice the allowed deviation.
  const double beyond = deviation.by / std::max(deviation.allowed, 1e-6F) - 1;
  return {.name = rule.name,
          .severity = rule.severity,
          .at = reading.at,
          .measure = measure.timing ? "duration" : Name(measure.feature),
          .value = unit * reading.value,
          .limit = unit * deviation.bound,
          .confidence = std::clamp(0.5 + 0.5 * beyond, 0.5, 1.0)};
}

// What one test says of a repetition; no fault where it sees none or cannot be judged.
struct Verdict {
  const FormRule* rule;
  const FormTest* test;
  std::optional<FormFault> fault;
};

// Of all tests, in the order of the rules and their tests.
std::vector<Verdict> AskAll(const ExerciseDefinition& exercise,
                            std::span<const RepForm> reps,
                            std::size_t index,
                            const FormOptions& options) {
  std::vector<Verdict> verdicts;
  for (const FormRule& rule : exercise.form) {
    for (const FormTest& test : rule.tests) {
      const std::size_t number = verdicts.size();
      Verdict& verdict = verdicts.emplace_back(&rule, &test, std::nullopt);
      const std::optional<Deviation> deviation = Judge(test, reps, {index, number}, options);
      if (deviation && deviation->by > deviation->allowed)
        verdict.fault = MakeFault(rule, test, *reps[index].readings[number], *deviation);
    }
  }
  return verdicts;
}

double Cost(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return 0.1;
    case Severity::kWarning:
      return 0.25;
    case Severity::kCritical:
      return 0.5;
  }
  return 0;
}

}  // namespace

RepForm MeasureForm(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep) {
  RepForm form{.view = EstimateView(history, rep),
               .readings = {},
               .side = rep.side,
               .peak_mps = PeakSpeed_mps(history, exercise, rep)};
  for (const FormRule& rule : exercise.form) {
    for (const FormTest& test : rule.tests) form.readings.push_back(Read(history, test.measure, rep));
  }
  return form;
}

std::vector<FormFault> JudgeRep(const ExerciseDefinition& exercise,
                                std::span<const RepForm> reps,
                                std::size_t index,
                                const FormOptions& options) {
  const std::vector<Verdict> verdicts = AskAll(exercise, reps, index, options);
  const auto is_seen_alone = [&](const std::string& rule) {
    return std::ranges::any_of(verdicts, [&](const Verdict& verdict) {
      return verdict.fault && verdict.test->unless.empty() && verdict.rule->name == rule;
    });
  };
  std::vector<FormFault> faults;  // of each rule the surest
  for (const Verdict& verdict : verdicts) {
    if (!verdict.fault || std::ranges::any_of(verdict.test->unless, is_seen_alone)) continue;
    if (faults.empty() || faults.back().name != verdict.rule->name) {
      faults.push_back(*verdict.fault);
    } else if (verdict.fault->confidence > faults.back().confidence) {
      faults.back() = *verdict.fault;
    }
  }
  return faults;
}

bool IsAssessable(const ExerciseDefinition& exercise, std::span<const RepForm> reps, std::size_t index) {
  std::size_t number = 0;
  for (const FormRule& rule : exercise.form) {
    for (const FormTest& test : rule.tests) {
      if (Judge(test, reps, {index, number++}, {})) return true;
    }
  }
  return false;
}

bool AnyAssessable(const ExerciseDefinition& exercise, std::span<const RepForm> reps) {
  for (std::size_t i = 0; i < reps.size(); ++i) {
    if (IsAssessable(exercise, reps, i)) return true;
  }
  return false;
}

std::optional<double> FormScore(std::span<const Rep> reps) {
  if (reps.empty()) return std::nullopt;
  double sum = 0;
  for (const Rep& rep : reps) {
    double score = 1;
    for (const FormFault& fault : rep.faults) score -= Cost(fault.severity);
    sum += std::max(score, 0.0);
  }
  return sum / static_cast<double>(reps.size());
}

void JudgeSet(const FeatureHistory& history, const ExerciseDefinition& exercise, const FormOptions& options, Set& set) {
  if (exercise.form.empty()) return;
  std::vector<RepForm> forms;
  forms.reserve(set.reps.size());
  for (const Rep& rep : set.reps) forms.push_back(MeasureForm(history, exercise, rep));
  std::vector<Rep> judged;
  for (std::size_t i = 0; i < set.reps.size(); ++i) {
    set.reps[i].faults = JudgeRep(exercise, forms, i, options);
    if (IsAssessable(exercise, forms, i)) judged.push_back(set.reps[i]);
  }
  set.form_score = FormScore(judged);
}

}  // namespace spotter::exercise
