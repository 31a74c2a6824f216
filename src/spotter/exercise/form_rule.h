// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spotter/core/rep.h"
#include "spotter/exercise/feature.h"

namespace spotter::exercise {

// From where the camera sees a person: what a rule may be judged from. Front and back are one.
enum class View { kFront, kDiagonal, kSide };

// Where in a repetition a feature is read.
enum class Moment {
  kStart,       // in the start posture, median
  kTurn,        // at the far end, median
  kChange,      // at the far end minus in the start posture
  kLowest,      // least value of the whole repetition, a tenth of the frames left out
  kHighest,     // the same, largest
  kTravel,      // largest minus smallest
  kRange,       // from the far end to the other extreme, which may lie a little before or after the repetition
  kThroughout,  // median of the whole repetition, or of a second of a hold
};

// Durations of a repetition that a rule can be about.
enum class Timing { kWhole, kEccentric, kConcentric };

// What a rule measures of one repetition: a feature at a moment, or a duration in seconds.
struct FormMeasure {
  FeatureRef feature;
  Moment moment = Moment::kTurn;
  std::optional<Timing> timing;  // set: the feature means nothing
};

// What the measured value is held against.
enum class Expectation {
  kAbove,       // fault above `limit`
  kBelow,       // fault below `limit`
  kAboveUsual,  // fault more than `limit` above the person's usual value, which is the median of the other repetitions
  kBelowUsual,  // of the set; for views that give no absolute values
  kOffUsual,    // fault more than `limit` above the usual value or below it
  kShareOfUsual,  // fault below `limit` times the usual value
};

// One way to see a fault. Limits in radians, torso lengths, seconds or, for shares, none.
struct FormTest {
  FormMeasure measure;
  Expectation expectation = Expectation::kAbove;
  float limit = 0;
  std::vector<View> views;  // that can judge it; empty = all
  // Rules whose fault looks the same to this test: where one of their own tests, one without `unless`, sees it, this
  // one says nothing. A shallow push-up leaves the elbows as low as flared ones do.
  std::vector<std::string> unless;
};

// One form rule of an exercise, as data. The fault is there when one of its tests that can be judged sees it.
struct FormRule {
  std::string name;  // shallow_depth, knee_cave ...
  Severity severity = Severity::kWarning;
  std::string cue;     // what to say to the athlete
  std::string praise;  // what to say when the fault has gone away
  std::vector<FormTest> tests;
};

// The rule of this name; null where there is none.
inline const FormRule* FindRule(std::span<const FormRule> rules, std::string_view name) {
  const auto rule = std::ranges::find(rules, name, &FormRule::name);
  return rule != rules.end() ? &*rule : nullptr;
}

}  // namespace spotter::exercise
