// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/form_rule.h"

namespace spotter::config {

// What a movement is called that is no exercise of the library: no exercise may have this id.
inline constexpr std::string_view kUnknownExercise = "unknown";

// The words of exercise files and what they stand for: one list each, for reading and for writing.
template <typename Value, std::size_t N>
using Words = std::array<std::pair<std::string_view, Value>, N>;

inline constexpr Words<exercise::Kind, 3> kKindWords = {{{"repetitions", exercise::Kind::kRepetitions},
                                                         {"hold", exercise::Kind::kHold},
                                                         {"cadence", exercise::Kind::kCadence}}};

inline constexpr Words<exercise::Moment, 8> kMomentWords = {{{"start", exercise::Moment::kStart},
                                                             {"turn", exercise::Moment::kTurn},
                                                             {"change", exercise::Moment::kChange},
                                                             {"lowest", exercise::Moment::kLowest},
                                                             {"highest", exercise::Moment::kHighest},
                                                             {"travel", exercise::Moment::kTravel},
                                                             {"range", exercise::Moment::kRange},
                                                             {"throughout", exercise::Moment::kThroughout}}};

inline constexpr Words<exercise::Timing, 3> kTimingWords = {{{"whole", exercise::Timing::kWhole},
                                                             {"eccentric", exercise::Timing::kEccentric},
                                                             {"concentric", exercise::Timing::kConcentric}}};

inline constexpr Words<exercise::Expectation, 6> kExpectationWords = {
    {{"above", exercise::Expectation::kAbove},
     {"below", exercise::Expectation::kBelow},
     {"above_usual", exercise::Expectation::kAboveUsual},
     {"below_usual", exercise::Expectation::kBelowUsual},
     {"off_usual", exercise::Expectation::kOffUsual},
     {"share_of_usual", exercise::Expectation::kShareOfUsual}}};

inline constexpr Words<exercise::View, 3> kViewWords = {
    {{"front", exercise::View::kFront}, {"diagonal", exercise::View::kDiagonal}, {"side", exercise::View::kSide}}};

// REQUIRES: the list has a word for the value
template <typename Value, std::size_t N>
constexpr std::string_view WordOf(const Words<Value, N>& words, Value value) {
  return std::ranges::find(words, value, &std::pair<std::string_view, Value>::second)->first;
}

}  // namespace spotter::config
