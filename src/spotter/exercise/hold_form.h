// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "spotter/core/rep.h"
#include "spotter/core/scene.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/finding.h"
#include "spotter/exercise/form_judge.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Judges how one person holds a posture (plank): each second of the hold is judged as a repetition would be, against
// limits and against the hold's other seconds. A fault is one that lasts for two seconds; it is told live, not again
// within 10 s, and it has gone away after two clean seconds. One owner, not thread safe; the library outlives it.
class HoldForm {
 public:
  HoldForm(const ExerciseLibrary& library, const FormOptions& options) : library_(&library), options_(options) {}

  // The history's last frame is new. `hold`: the one in progress, or null. Fills faults and form score of a hold that
  // is among what was found; returns FormAlert and FormImproved findings.
  std::vector<Finding> Update(const FeatureHistory& history, const SetInProgress* hold, std::span<Finding> found);

  // Adds what was said a moment ago.
  void Describe(SetInProgress& progress, Pts now) const;

 private:
  struct Alerted {
    std::optional<Pts> at;  // when last told
    bool is_open = false;   // told in this hold and not yet gone
    int faulty = 0;         // seconds in a row
    int clean = 0;
  };

  void Begin(const SetInProgress& hold);
  void JudgeNewest(const FeatureHistory& history, std::vector<Finding>& findings);
  void Alert(const FeatureHistory& history, const FormFault& fault, std::vector<Finding>& findings);
  void Praise(const FormRule& rule, std::vector<Finding>& findings);
  void Settle(Set& set) const;

  const ExerciseLibrary* library_;
  FormOptions options_;
  const ExerciseDefinition* exercise_ = nullptr;  // of the hold; null: none, or one without rules
  Pts start_{-1};                                 // of the hold
  std::vector<Rep> seconds_;                      // of the hold,
  std::vector<RepForm> forms_;                    // and what the rules know of each
  std::map<std::string, Alerted> alerted_;        // by rule
  std::string said_;                              // last line,
  Pts said_at_{0};
  bool said_praise_ = false;
};

}  // namespace spotter::exercise
