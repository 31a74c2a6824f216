// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "spotter/app/rep_gathering.h"
#include "spotter/base/result.h"

namespace spotter::app {

// Examples of right and wrong repetitions of an exercise, and where the model goes that is learned from them.
struct FormLesson {
  GatherOptions gather;
  std::vector<std::string> right;  // videos or recordings
  std::vector<std::string> wrong;
  std::string target;  // path, or - for stdout
};

// Learns a form model and writes it; says on the log what was learned from and how it judges what it has not seen.
Result<void> TeachForm(const FormLesson& lesson);

}  // namespace spotter::app
