// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "spotter/config/exercise_text.h"
#include "spotter/config/form_rules.h"

namespace spotter::config {
namespace {

using exercise::Expectation;
using exercise::FormMeasure;
using exercise::FormRule;
using exercise::FormTest;
using exercise::Moment;
using exercise::Timing;
using exercise::View;

std::string_view Word(Moment moment) {
  switch (moment) {
    case Moment::kStart:
      return "start";
    case Moment::kTurn:
      return "turn";
    case Moment::kChange:
      return "change";
    case Moment::kLowest:
      return "lowest";
    case Moment::kHighest:
      return "highest";
    case Moment::kTravel:
      return "travel";
    case Moment::kThroughout:
      return "throughout";
  }
  return "turn";
}

std::string_view Word(Timing timing) {
  return timing == Timing::kWhole ? "whole" : timing == Timing::kEccentric ? "eccentric" : "concentric";
}

std::string_view Word(Expectation expectation) {
  switch (expectation) {
    case Expectation::kAbove:
      return "above";
    case Expectation::kBelow:
      return "below";
    case Expectation::kAboveUsual:
      return "above_usual";
    case Expectation::kBelowUsual:
      return "below_usual";
    case Expectation::kShareOfUsual:
      return "share_of_usual";
  }
  return "above";
}

std::string_view Word(View view) {
  return view == View::kFront ? "front" : view == View::kDiagonal ? "diagonal" : "side";
}

std::string MeasureText(const FormMeasure& measure) {
  if (measure.timing) return fmt::format("measure: duration, at: {}", Word(*measure.timing));
  return fmt::format("measure: {}, at: {}", FeatureName(measure.feature), Word(measure.moment));
}

std::string TestLine(const FormTest& test) {
  const bool is_plain = test.measure.timing || test.expectation == Expectation::kShareOfUsual;
  const std::string limit =
      is_plain ? fmt::format("{:.4g}", test.limit) : FeatureValue(test.limit, test.measure.feature);
  std::string views;
  for (const View view : test.views) views += fmt::format("{}{}", views.empty() ? "" : ", ", Word(view));
  if (!views.empty()) views = fmt::format(", views: [{}]", views);
  return fmt::format("      - {{{}, {}: {}{}}}\n", MeasureText(test.measure), Word(test.expectation), limit, views);
}

}  // namespace

std::string WriteFormRules(std::span<const FormRule> rules) {
  std::string text = rules.empty() ? "" : "form:\n";
  for (const FormRule& rule : rules) {
    text += fmt::format("  - rule: {}\n    severity: {}\n    cue: {}\n    praise: {}\n    tests:\n", rule.name,
                        ToString(rule.severity), Quoted(rule.cue), Quoted(rule.praise));
    for (const FormTest& test : rule.tests) text += TestLine(test);
  }
  return text;
}

}  // namespace spotter::config
