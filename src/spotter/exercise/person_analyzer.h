// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "spotter/core/scene.h"
#include "spotter/exercise/activity_classifier.h"
#include "spotter/exercise/form_judge.h"
#include "spotter/exercise/form_watch.h"
#include "spotter/exercise/history.h"
#include "spotter/exercise/hold_tracker.h"
#include "spotter/exercise/kinematics.h"
#include "spotter/exercise/pose_filter.h"
#include "spotter/exercise/rest_clock.h"
#include "spotter/exercise/set_tracker.h"
#include "spotter/exercise/wiping_detector.h"

namespace spotter::exercise {

// Everything about one person: joints -> filtered joints -> features -> sets and activity. Memory is bounded by
// FeatureHistory. One owner, not thread safe; the library outlives it.
class PersonAnalyzer {
 public:
  PersonAnalyzer(const ExerciseLibrary& library, const SetTrackerOptions& options, const FormOptions& form = {})
      : library_(&library),
        form_(form),
        sets_(library, options),
        holds_(library),
        watch_(library, form),
        rest_(library) {}

  // Frames closer than 1/35 s to the one before, or older than it, are ignored.
  std::vector<Finding> Update(const Joints& joints);
  // The person is gone or the stream is over.
  std::vector<Finding> Close();

  std::optional<SetInProgress> InProgress() const;
  Activity activity() const { return activity_.activity(); }
  Pts last_seen() const { return last_seen_; }

 private:
  void Append(const Joints& filtered, std::vector<Finding>& findings);
  void Complete(std::vector<Finding>& found);
  // Is wiping, or has just been.
  bool HasJustWiped(Pts now) const;

  const ExerciseLibrary* library_;
  FormOptions form_;
  PoseFilter filter_;
  Kinematics kinematics_;
  FeatureHistory history_;
  SetTracker sets_;
  HoldTracker holds_;
  FormWatch watch_;
  RestClock rest_;
  WipingDetector wiping_;
  ActivityClassifier activity_;
  Pts last_seen_{-1};
  Pts last_frame_{0};                            // newest in the history
  bool at_it_ = true;                            // the open set's repetitions were no strokes of a wipe
  std::optional<Pts> wiped_at_;                  // when last seen to wipe
  std::array<std::optional<Pts>, 2> counted_{};  // when the last but one and the last full repetition were announced
};

}  // namespace spotter::exercise
