// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/hold_form.h"

#include <algorithm>
#include <utility>

#include "spotter/exercise/fault_curve.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kSecond{1'000'000};
constexpr std::chrono::microseconds kCoolDown{10'000'000};
constexpr std::chrono::microseconds kShown{3'500'000};  // a line stays in the picture
constexpr int kLasting = 2;                             // seconds in a row, of a fault and of its absence
constexpr std::size_t kFewestSeconds = 3;               // until anything is told live
constexpr std::size_t kMostSeconds = 900;               // that are judged of a hold

const FormFault* FaultOf(const std::vector<FormFault>& faults, const std::string& rule) {
  const auto it = std::ranges::find(faults, rule, &FormFault::name);
  return it != faults.end() ? &*it : nullptr;
}

}  // namespace

void HoldForm::Begin(const SetInProgress& hold) {
  start_ = hold.start;
  exercise_ = library_->Find(hold.exercise);
  if (exercise_ != nullptr && exercise_->form.empty()) exercise_ = nullptr;
  seconds_.clear();
  forms_.clear();
  for (auto& [rule, alerted] : alerted_) alerted = {.at = alerted.at};
}

void HoldForm::Alert(const FeatureHistory& history, const FormFault& fault, std::vector<Finding>& findings) {
  Alerted& alerted = alerted_[fault.name];
  alerted.clean = 0;
  if (++alerted.faulty < kLasting) return;
  alerted.is_open = true;
  const Pts now = seconds_.back().end;
  if (alerted.at && now < *alerted.at + kCoolDown) return;
  alerted.at = now;
  const FormRule* rule = FindRule(exercise_->form, fault.name);
  said_ = rule->cue;
  said_at_ = now;
  said_praise_ = false;
  const Span proof{history.IndexAt(now - kLasting * kSecond), history.frames().size() - 1};
  const FeatureRef shown = ParseFeature(fault.measure).value_or(exercise_->main_angle);
  findings.push_back({fault.at, FormAlert{exercise_->id, 0, fault, rule->cue, CurveOf(history, shown, proof)}});
}

void HoldForm::Praise(const FormRule& rule, std::vector<Finding>& findings) {
  const auto entry = alerted_.find(rule.name);
  if (entry == alerted_.end()) return;
  Alerted& alerted = entry->second;
  alerted.faulty = 0;
  if (!alerted.is_open || ++alerted.clean < kLasting) return;
  alerted.is_open = false;
  said_ = rule.praise;
  said_at_ = seconds_.back().end;
  said_praise_ = true;
  findings.push_back({said_at_, FormImproved{exercise_->id, 0, rule.name, rule.praise}});
}

void HoldForm::JudgeNewest(const FeatureHistory& history, std::vector<Finding>& findings) {
  if (seconds_.size() < kFewestSeconds) return;
  const std::vector<FormFault> faults = JudgeRep(*exercise_, forms_, forms_.size() - 1, options_);
  for (const FormRule& rule : exercise_->form) {
    if (const FormFault* fault = FaultOf(faults, rule.name))
      Alert(history, *fault, findings);
    else
      Praise(rule, findings);
  }
}

// Every fault that lasted, once for each time that it came, with the second that shows it best.
void HoldForm::Settle(Set& set) const {
  if (exercise_ == nullptr || !AnyAssessable(*exercise_, forms_)) return;
  std::vector<Rep> judged = seconds_;
  for (std::size_t i = 0; i < judged.size(); ++i) judged[i].faults = JudgeRep(*exercise_, forms_, i, options_);
  for (const FormRule& rule : exercise_->form) {
    const FormFault* worst = nullptr;
    int lasted = 0;
    for (std::size_t i = 0; i <= judged.size(); ++i) {
      const FormFault* fault = i < judged.size() ? FaultOf(judged[i].faults, rule.name) : nullptr;
      if (fault != nullptr) {
        ++lasted;
        if (worst == nullptr || fault->confidence > worst->confidence) worst = fault;
        continue;
      }
      if (lasted >= kLasting) set.faults.push_back(*worst);
      lasted = 0;
      worst = nullptr;
    }
  }
  std::ranges::sort(set.faults, {}, &FormFault::at);
  set.form_score = FormScore(judged);
}

std::vector<Finding> HoldForm::Update(const FeatureHistory& history,
                                      const SetInProgress* hold,
                                      std::span<Finding> found) {
  std::vector<Finding> findings;
  for (Finding& finding : found) {
    auto* completed = std::get_if<SetCompleted>(&finding.data);
    if (completed == nullptr || !completed->set.hold || completed->set.start != start_) continue;
    Settle(completed->set);
    start_ = Pts{-1};
    exercise_ = nullptr;
  }
  if (hold == nullptr) return findings;
  if (hold->start != start_) Begin(*hold);
  if (exercise_ == nullptr) return findings;
  const Pts now = history.frames().back().pts;
  while (seconds_.size() < kMostSeconds) {
    const Pts from = start_ + static_cast<int>(seconds_.size()) * kSecond;
    if (from + kSecond > now) break;
    seconds_.push_back({.start = from, .turn = from + kSecond / 2, .end = from + kSecond});
    forms_.push_back(MeasureForm(history, *exercise_, seconds_.back()));
    JudgeNewest(history, findings);
  }
  return findings;
}

void HoldForm::Describe(SetInProgress& progress, Pts now) const {
  if (said_.empty() || now > said_at_ + kShown || progress.start != start_) return;
  progress.cue = said_;
  progress.cue_is_praise = said_praise_;
}

}  // namespace spotter::exercise
