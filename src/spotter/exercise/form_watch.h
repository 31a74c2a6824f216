// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "spotter/core/scene.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/finding.h"
#include "spotter/exercise/form_judge.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// What is said about one person's set while it happens: faults of the repetition that was just counted, that a fault
// has gone away, that a repetition was partial, that the exercise turned out to be another one. A rule is not repeated
// within 10 s. One owner, not thread safe; the library outlives it.
class FormWatch {
 public:
  FormWatch(const ExerciseLibrary& library, const FormOptions& options) : library_(&library), options_(options) {}

  // `found`: what became known of the person in this frame. Returns FormAlert, FormImproved, RepPartial and
  // ExerciseChanged findings.
  std::vector<Finding> Update(const FeatureHistory& history, std::span<const Finding> found);

  // Adds what was said a moment ago, and the tempo of the last repetition.
  void Describe(SetInProgress& progress, Pts now) const;

 private:
  struct Alerted {
    Pts at{0};             // when last told
    bool is_open = false;  // told in this set and not yet gone
    int clean_reps = 0;    // since then
  };

  void Rename(const FeatureHistory& history, const std::string& name, Pts at, std::vector<Finding>& findings);
  void Count(const FeatureHistory& history, const RepCounted& counted, std::vector<Finding>& findings);
  void Alert(const FeatureHistory& history, const RepCounted& counted, std::vector<Finding>& findings);
  void Praise(const std::vector<FormFault>& faults, const RepCounted& counted, Pts now, std::vector<Finding>& findings);
  bool IsWholeByLoad() const;
  void NotePartial(const RepCounted& counted, std::vector<Finding>& findings) const;
  void Say(const std::string& line, Pts at, bool is_praise);
  void EndSet();

  struct RepRanges {
    std::vector<float> signals;  // of the exercise, shares of their full range; NaN = not seen
    float load = 0;              // from the start to the turn, torso lengths; NaN where the arms move none, or unseen
  };
  RepRanges RangesOf(const FeatureHistory& history, const Rep& rep) const;

  struct Said {
    std::string line;
    Pts at{0};
    bool is_praise = false;
  };

  const ExerciseLibrary* library_;
  FormOptions options_;
  std::string name_;                              // of the open set; empty = none
  const ExerciseDefinition* exercise_ = nullptr;  // null: unknown
  std::vector<Rep> reps_;                         // the last ones of the open set,
  std::vector<RepForm> forms_;                    // what the rules know of each,
  std::vector<RepRanges> ranges_;                 // and how far its signals and its load went
  std::map<std::string, Alerted> alerted_;        // by rule
  Said said_;                                     // last
};

}  // namespace spotter::exercise
