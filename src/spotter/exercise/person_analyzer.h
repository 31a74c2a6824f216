// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "spotter/core/scene.h"
#include "spotter/exercise/activity_classifier.h"
#include "spotter/exercise/body_history.h"
#include "spotter/exercise/cadence_tracker.h"
#include "spotter/exercise/form_judge.h"
#include "spotter/exercise/form_watch.h"
#include "spotter/exercise/history.h"
#include "spotter/exercise/hold_form.h"
#include "spotter/exercise/hold_tracker.h"
#include "spotter/exercise/kinematics.h"
#include "spotter/exercise/pose_filter.h"
#include "spotter/exercise/rest_clock.h"
#include "spotter/exercise/set_tracker.h"
#include "spotter/exercise/variant_namer.h"
#include "spotter/exercise/wiping_detector.h"

namespace spotter::exercise {

// Everything about one person: joints -> filtered joints -> features -> sets and activity. Memory is bounded by
// FeatureHistory. One owner, not thread safe.
class PersonAnalyzer {
 public:
  PersonAnalyzer(std::shared_ptr<const Playbook> playbook, const SetTrackerOptions& options, const FormOptions& form);

  // Other exercise files hold from now on; a set under way is finished with those that it began with. Whose first
  // repetition is under way begins anew.
  void Adopt(std::shared_ptr<const Playbook> playbook) { next_playbook_ = std::move(playbook); }

  // Frames closer than 1/35 s to the one before, or older than it, are ignored.
  std::vector<Finding> Update(const Joints& joints);
  // The person is gone or the stream is over.
  std::vector<Finding> Close();

  std::optional<SetInProgress> InProgress() const;
  Activity activity() const { return activity_.activity(); }
  Pts last_seen() const { return last_seen_; }

 private:
  // What counts with one state of the exercise files.
  struct Counting {
    Counting(const Playbook& playbook, const SetTrackerOptions& options, const FormOptions& form);

    SetTracker sets;
    HoldTracker holds;
    CadenceTracker cadence;
    VariantNamer variants;
    FormWatch watch;
    HoldForm hold_form;
  };

  bool IsAtIt() const;
  std::optional<SetInProgress> CountedNow() const;
  std::vector<Finding> TurnPage();
  void CountAnew();
  std::vector<Finding> Count(Pts now);
  std::vector<Finding> GiveUpSet(Pts since);
  void Append(const Joints& filtered, std::vector<Finding>& findings);
  void Number(std::vector<Finding>& found);
  void Judge(Set& set);
  void Complete(std::vector<Finding>& found);
  void NoteWiping(const std::vector<Finding>& found, Pts now);
  void TakeOffStrokes(Set& set) const;

  std::shared_ptr<const Playbook> playbook_;
  std::shared_ptr<const Playbook> next_playbook_;  // to be used once no set is under way
  SetTrackerOptions options_;
  FormOptions form_;
  PoseFilter filter_;
  Kinematics kinematics_;
  FeatureHistory history_;
  BodyHistory bodies_;  // kept where the library has form models
  Counting counting_;
  RestClock rest_;
  WipingDetector wiping_;
  ActivityClassifier activity_;
  int sets_completed_ = 0;
  Pts last_seen_{-1};
  Pts last_frame_{0};                              // newest in the history
  std::optional<Pts> counted_at_;                  // when the last repetition was announced
  std::array<std::optional<Pts>, 2> full_reps_{};  // and the last two that were no partial ones
  std::optional<Pts> wiping_since_;                // when the last wipe began to be seen
  std::optional<Pts> wiped_at_;                    // and when it was last seen
  bool strokes_were_counted_ = false;              // the last repetitions were strokes of a wipe
};

}  // namespace spotter::exercise
