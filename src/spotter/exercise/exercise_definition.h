// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spotter/core/rep.h"
#include "spotter/exercise/feature.h"
#include "spotter/exercise/form_model.h"
#include "spotter/exercise/form_rule.h"

namespace spotter::exercise {

// A soft condition on one feature: 1 inside [low, high], falling to 0 at `soft` beyond. Angles are radians, the rest
// torso lengths. `weight` < 1 makes it a hint that can at most take that share of the score away.
struct Gate {
  FeatureRef feature;
  float low = -std::numeric_limits<float>::infinity();
  float high = std::numeric_limits<float>::infinity();
  float soft = 0;
  float weight = 1;
};

// A feature whose way there and back is one repetition. A definition lists several, because views hide joints and
// foreshorten angles; whichever explains the movement best is used.
struct Signal {
  FeatureRef feature;
  bool turn_is_high = true;  // at the turn the value is higher than at the start
  float min_rom = 0;         // less than this is no attempt
  float full_rom = 0;        // a normal repetition moves at least this much
  int min_reps = 1;          // repetitions seen this way that open a set
  int turns = 1;             // cadence: turns (strokes, steps) in one way there and back
};

// A gate on one moment of a repetition.
struct MomentGate {
  Moment moment = Moment::kTurn;
  Gate gate;
};

// What of a cycle counts as one repetition.
enum class CountedPart {
  kCycle,   // start -> turn -> start
  kReturn,  // turn -> start: a lift from the floor needs no way down before it
};

// The plane of the body that an exercise's main angle moves in.
enum class Plane { kAny, kSagittal, kFrontal };

// Recommended rest after a set.
struct RestRange {
  std::chrono::microseconds least{60'000'000};
  std::chrono::microseconds most{180'000'000};
};

enum class Kind { kRepetitions, kHold, kCadence };

// One exercise as data: configs/exercises/<id>.yaml.
struct ExerciseDefinition {
  std::string id;
  std::string family;
  std::string title;
  Kind kind = Kind::kRepetitions;
  std::vector<Signal> signals;
  FeatureRef main_angle;     // its change is the repetition's range of motion
  std::vector<Gate> start;   // posture in the start position
  std::vector<Gate> turn;    // posture at the far end
  std::vector<Gate> change;  // value at the turn minus value at the start
  std::vector<Gate> travel;  // largest minus smallest value within the cycle
  std::vector<Gate> during;  // mean over the cycle (holds: over the hold)
  CountedPart counted = CountedPart::kCycle;
  bool eccentric_first = true;  // leaving the start position stretches the working muscle (squat); false: curl
  double min_s = 0.4;           // a repetition takes between min_s and max_s
  double max_s = 12;
  double max_pause_s = 4;  // at the far end; longer is a posture (sitting down), not a repetition
  double min_hold_s = 5;   // holds and cadence: shorter is not told
  double min_rpm = 10;     // cadence: strokes, turns or steps a minute lie between min_rpm and max_rpm
  double max_rpm = 240;
  double prior = 1;                 // tie-breaker between look-alikes
  std::string variant_of;           // id of the exercise that it is a variant of; empty: none
  std::vector<MomentGate> told_by;  // variants: what tells them from that exercise; all of it must be seen
  bool only_pinned = false;         // nothing tells it from others: counted only when the user says that it is done
  std::vector<FormRule> form;
  Plane plane = Plane::kAny;
  std::optional<FeatureRef> load_path;  // place whose height follows what is lifted
  RestRange rest;
  std::optional<SetTarget> target;     // repetitions; holds: seconds; cadence: turns a minute
  std::vector<std::string> muscles;    // that work most, first the one it is done for
  std::vector<std::string> equipment;  // it is done with; empty: nothing
  std::vector<std::string> evidence;   // clips and scenes on which it was counted and named right

  bool verified() const { return !evidence.empty(); }
  // Whether arms or legs move the load: hands that rise because somebody bows, or shoulders that sink, prove nothing.
  bool is_of_arms() const {
    return main_angle.feature == Feature::kElbow || main_angle.feature == Feature::kShoulder ||
           main_angle.feature == Feature::kUpperArm;
  }
  bool is_of_legs() const { return main_angle.feature == Feature::kKnee || main_angle.feature == Feature::kHip; }
};

// Fewer repetitions than any signal of the exercise asks for are no set. REQUIRES: at least one signal
std::size_t LeastReps(const ExerciseDefinition& exercise);

// The exercises that an analyzer knows, and the form models that were taught for some. Immutable, shared by all
// people.
class ExerciseLibrary {
 public:
  ExerciseLibrary() = default;
  explicit ExerciseLibrary(std::vector<ExerciseDefinition> exercises, std::vector<FormModel> forms = {})
      : exercises_(std::move(exercises)), forms_(std::move(forms)) {}

  const std::vector<ExerciseDefinition>& exercises() const { return exercises_; }
  // nullptr when there is none of that id.
  const ExerciseDefinition* Find(std::string_view id) const;
  // What counting looks for: the exercises that movement or posture alone can tell, or only the pinned one. Variants
  // are not among them: they are told afterwards.
  ExerciseLibrary Sought(std::string_view pinned) const;

  const std::vector<FormModel>& forms() const { return forms_; }
  bool HasForms() const { return !forms_.empty(); }
  // nullptr when none was taught for the exercise of that id.
  const FormModel* FindForm(std::string_view id) const {
    for (const FormModel& form : forms_) {
      if (form.exercise == id) return &form;
    }
    return nullptr;
  }

 private:
  std::vector<ExerciseDefinition> exercises_;
  std::vector<FormModel> forms_;
};

// One state of the exercise files. Immutable, shared by all people that are analysed with it.
struct Playbook {
  Playbook(ExerciseLibrary library, std::string_view pinned)
      : all(std::move(library)), sought(all.Sought(pinned)), is_pinned(!pinned.empty()) {}

  ExerciseLibrary all;
  ExerciseLibrary sought;  // what counting looks for
  bool is_pinned;          // to one exercise, by the user
};

}  // namespace spotter::exercise
