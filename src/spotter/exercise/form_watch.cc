// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/form_watch.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "spotter/exercise/fault_curve.h"
#include "spotter/exercise/rep_measure.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kCoolDown{10'000'000};
constexpr std::chrono::microseconds kShown{3'500'000};  // a line stays in the picture
constexpr int kCleanReps = 2;                           // in a row, until a fault has gone away
constexpr float kPartialShare = 0.7F;                   // of the usual range
constexpr std::size_t kMostReps = 40;                   // remembered of a set
constexpr std::size_t kFewestReps = 2;                  // that make a usual range

// The middle one of the repetitions before the last, of an even number the lesser of the two: the first repetition may
// have begun with taking up the weight. None of too few.
template <typename Ranges, typename Get>
std::optional<float> UsualRange(const Ranges& ranges, Get get) {
  std::vector<float> before;
  for (std::size_t rep = 0; rep + 1 < ranges.size(); ++rep) {
    if (std::isfinite(get(ranges[rep]))) before.push_back(get(ranges[rep]));
  }
  if (before.size() < kFewestReps) return std::nullopt;
  const auto middle = before.begin() + (std::ssize(before) - 1) / 2;
  std::ranges::nth_element(before, middle, {}, [](float range) { return std::abs(range); });
  return *middle;
}

// What to tell the athlete about a rule; empty for one that the exercise does not have.
std::string Line(const ExerciseDefinition& exercise, const std::string& name, std::string FormRule::*line) {
  const FormRule* rule = FindRule(exercise.form, name);
  return rule != nullptr ? rule->*line : std::string();
}

// Whether one of the faults looks the same to a test of the rule, which therefore says nothing of the repetition.
bool IsHiddenBy(const ExerciseDefinition& exercise, const std::string& name, const std::vector<FormFault>& faults) {
  const FormRule* rule = FindRule(exercise.form, name);
  return rule != nullptr && std::ranges::any_of(rule->tests, [&](const FormTest& test) {
           return std::ranges::any_of(faults, [&](const FormFault& fault) {
             return std::ranges::find(test.unless, fault.name) != test.unless.end();
           });
         });
}

}  // namespace

void FormWatch::EndSet() {
  name_.clear();
  exercise_ = nullptr;
  reps_.clear();
  forms_.clear();
  ranges_.clear();
  for (auto& [rule, alerted] : alerted_) alerted.is_open = false;
}

void FormWatch::Say(const std::string& line, Pts at, bool is_praise) { said_ = {line, at, is_praise}; }

void FormWatch::Describe(SetInProgress& progress, Pts now) const {
  if (!reps_.empty()) {
    const Rep& rep = reps_.back();
    progress.tempo_s = {ToSeconds(rep.eccentric), ToSeconds(rep.pause_stretched), ToSeconds(rep.concentric),
                        ToSeconds(rep.pause_shortened)};
  }
  if (said_.line.empty() || now > said_.at + kShown) return;
  progress.cue = said_.line;
  progress.cue_is_praise = said_.is_praise;
}

// The set turned out to be another exercise: its repetitions are measured again for the rules of that one.
void FormWatch::Rename(const FeatureHistory& history, const std::string& name, Pts at, std::vector<Finding>& findings) {
  if (name == name_) return;
  if (!name_.empty()) findings.push_back({at, ExerciseChanged{name_, name}});
  name_ = name;
  exercise_ = library_->Find(name);
  forms_.clear();
  ranges_.clear();
  if (exercise_ == nullptr) return;
  for (const Rep& rep : reps_) {
    forms_.push_back(MeasureForm(history, *exercise_, rep));
    ranges_.push_back(RangesOf(history, rep));
  }
}

FormWatch::RepRanges FormWatch::RangesOf(const FeatureHistory& history, const Rep& rep) const {
  const auto read = [&](FeatureRef feature, Moment moment) {
    const auto reading = Read(history, {.feature = feature, .moment = moment}, rep);
    return reading ? reading->value : kMissing;
  };
  RepRanges ranges{.load = kMissing};
  ranges.signals.reserve(exercise_->signals.size());
  for (const Signal& signal : exercise_->signals)
    ranges.signals.push_back(read(signal.feature, Moment::kRange) / signal.full_rom);
  if (exercise_->load_path && exercise_->is_of_arms()) ranges.load = read(*exercise_->load_path, Moment::kChange);
  return ranges;
}

// Whether the load went all its usual way in the last repetition, whatever the joints seem to have done.
bool FormWatch::IsWholeByLoad() const {
  const std::optional<float> usual = UsualRange(ranges_, [](const RepRanges& ranges) { return ranges.load; });
  return usual && std::abs(*usual) >= kSeenLoad && ranges_.back().load / *usual >= kWholeLoad;
}

// By the signal that the camera's side shows best.
void FormWatch::NotePartial(const RepCounted& counted, std::vector<Finding>& findings) const {
  float best = 0;
  float share = 1;
  for (std::size_t signal = 0; signal < exercise_->signals.size(); ++signal) {
    const float last = ranges_.back().signals[signal];
    const auto usual = UsualRange(ranges_, [=](const RepRanges& ranges) { return ranges.signals[signal]; });
    if (!usual || *usual <= best || !std::isfinite(last)) continue;
    best = *usual;
    share = last / *usual;
  }
  if (share < kPartialShare && !IsWholeByLoad())
    findings.push_back({counted.rep.end, RepPartial{name_, counted.number, share}});
}

void FormWatch::Alert(const FeatureHistory& history, const RepCounted& counted, std::vector<Finding>& findings) {
  const std::vector<FormFault> faults = JudgeRep(*exercise_, forms_, forms_.size() - 1, options_);
  Praise(faults, counted, history.frames().back().pts, findings);
  for (const FormFault& fault : faults) {
    const auto [entry, is_first] = alerted_.try_emplace(fault.name);
    Alerted& alerted = entry->second;
    const bool is_due = is_first || counted.rep.end >= alerted.at + kCoolDown;
    alerted.is_open = true;
    alerted.clean_reps = 0;
    if (!is_due) continue;
    alerted.at = counted.rep.end;
    const FeatureRef shown = ParseFeature(fault.measure).value_or(exercise_->main_angle);
    const std::string cue = Line(*exercise_, fault.name, &FormRule::cue);
    Say(cue, history.frames().back().pts, false);
    const Span whole{history.IndexAt(counted.rep.start), history.IndexAt(counted.rep.end) - 1};
    findings.push_back({fault.at, FormAlert{name_, counted.number, fault, cue, CurveOf(history, shown, whole)}});
  }
}

void FormWatch::Praise(const std::vector<FormFault>& faults,
                       const RepCounted& counted,
                       Pts now,
                       std::vector<Finding>& findings) {
  for (auto& [name, alerted] : alerted_) {
    if (!alerted.is_open || std::ranges::find(faults, name, &FormFault::name) != faults.end()) continue;
    if (IsHiddenBy(*exercise_, name, faults)) continue;
    if (++alerted.clean_reps < kCleanReps) continue;
    alerted.is_open = false;
    const std::string praise = Line(*exercise_, name, &FormRule::praise);
    if (praise.empty()) continue;
    Say(praise, now, true);
    findings.push_back({counted.rep.end, FormImproved{name_, counted.number, name, praise}});
  }
}

void FormWatch::Count(const FeatureHistory& history, const RepCounted& counted, std::vector<Finding>& findings) {
  Rename(history, counted.exercise, counted.rep.start, findings);
  reps_.push_back(counted.rep);
  if (reps_.size() > kMostReps) reps_.erase(reps_.begin());
  if (exercise_ == nullptr) return;
  forms_.push_back(MeasureForm(history, *exercise_, counted.rep));
  ranges_.push_back(RangesOf(history, counted.rep));
  if (forms_.size() > kMostReps) {
    forms_.erase(forms_.begin());
    ranges_.erase(ranges_.begin());
  }
  NotePartial(counted, findings);
  Alert(history, counted, findings);
}

std::vector<Finding> FormWatch::Update(const FeatureHistory& history, std::span<const Finding> found) {
  std::vector<Finding> findings;
  for (const Finding& finding : found) {
    if (const auto* counted = std::get_if<RepCounted>(&finding.data)) {
      Count(history, *counted, findings);
    } else if (const auto* started = std::get_if<SetStarted>(&finding.data)) {
      EndSet();
      name_ = started->exercise;
      exercise_ = library_->Find(name_);
    } else if (const auto* completed = std::get_if<SetCompleted>(&finding.data)) {
      const bool is_set = completed->set.hold || completed->set.cadence_rpm || !completed->set.reps.empty();
      if (is_set && !name_.empty()) Rename(history, completed->set.exercise, completed->set.start, findings);
      EndSet();
    }
  }
  return findings;
}

}  // namespace spotter::exercise
