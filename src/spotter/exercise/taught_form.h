// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spotter/core/rep.h"
#include "spotter/exercise/body_history.h"
#include "spotter/exercise/form_model.h"

namespace spotter::exercise {

// Name of the fault of a repetition that is judged wrong by examples.
inline constexpr std::string_view kUnlikeTaught = "unlike_taught";

// What to tell of a verdict.
TaughtVerdict Describe(const FormVerdict& verdict);

// Judges each repetition of a set that is over by what examples taught, where it can be told: fills its verdict, adds a
// fault to the wrong ones and renews the set's form score. REQUIRES: the model is of the set's exercise
void JudgeByExamples(const BodyHistory& bodies, const FormModel& model, Set& set);

}  // namespace spotter::exercise
