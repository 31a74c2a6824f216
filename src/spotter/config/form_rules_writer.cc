// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "spotter/config/exercise_text.h"
#include "spotter/config/exercise_words.h"
#include "spotter/config/form_rules.h"

namespace spotter::config {
namespace {

using exercise::Expectation;
using exercise::FormMeasure;
using exercise::FormRule;
using exercise::FormTest;
using exercise::View;

std::string MeasureText(const FormMeasure& measure) {
  if (measure.timing) return fmt::format("measure: duration, at: {}", WordOf(kTimingWords, *measure.timing));
  return fmt::format("measure: {}, at: {}", exercise::Name(measure.feature), WordOf(kMomentWords, measure.moment));
}

std::string TestLine(const FormTest& test) {
  const bool is_plain = test.measure.timing || test.expectation == Expectation::kShareOfUsual;
  const std::string limit =
      is_plain ? fmt::format("{:.4g}", test.limit) : FeatureValue(test.limit, test.measure.feature);
  std::string views;
  for (const View view : test.views) views += fmt::format("{}{}", views.empty() ? "" : ", ", WordOf(kViewWords, view));
  if (!views.empty()) views = fmt::format(", views: [{}]", views);
  const std::string unless = test.unless.empty() ? "" : fmt::format(", unless: [{}]", fmt::join(test.unless, ", "));
  return fmt::format("      - {{{}, {}: {}{}{}}}\n", MeasureText(test.measure),
                     WordOf(kExpectationWords, test.expectation), limit, views, unless);
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
