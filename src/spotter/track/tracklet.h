// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/base/time.h"
#include "spotter/core/ids.h"
#include "spotter/track/learned_appearance.h"
#include "spotter/track/motion.h"
#include "spotter/track/observation.h"

namespace spotter::track {

// One subject that the tracker follows: where it is expected and when it was seen. Tentative until it has an id.
class Tracklet {
 public:
  Tracklet(const Observation& first, const MotionOptions& options);

  // Moves the expectation to `now`, which never runs backwards.
  void Predict(Pts now);
  // Corrects the expectation. REQUIRES: Predict(observation.pts) was called
  void Update(const Observation& observation);
  // From here on it is somebody.
  void Confirm(TrackId id) { id_ = id; }

  // Takes the last observation for what the subject looks like.
  void LearnAppearance();

  // Says of the last observation whether an older track has one of the same person.
  void NoteDuplicate(bool duplicate);

  bool confirmed() const { return id_.has_value(); }
  TrackId id() const { return *id_; }  // REQUIRES: confirmed()
  const LearnedAppearance& appearance() const { return appearance_; }
  const Box& expected_box() const { return expected_box_; }
  double expected_belief() const { return belief_; }
  const Observation& last() const { return last_; }
  Pts first_seen() const { return first_seen_; }
  // How long, up to the last observation, the track has been a duplicate without a break.
  double DuplicateForS() const { return duplicate_since_ ? ToSeconds(last_.pts - *duplicate_since_) : 0; }
  // Frames since the last observation; 1 = seen in the frame before this one, 0 = in this one.
  int frames_unseen() const { return frames_unseen_; }

  // Makes each the subject that the other was; where they are and what was seen of them stays.
  friend void ExchangeIdentities(Tracklet& a, Tracklet& b);

 private:
  MotionOptions options_;
  BoxMotion motion_;
  Box expected_box_;
  double belief_;
  Observation last_;
  Pts first_seen_;
  Pts predicted_to_;
  int frames_unseen_ = 0;
  std::optional<Pts> duplicate_since_;
  std::optional<TrackId> id_;
  LearnedAppearance appearance_;
  Pts learned_at_;
};

}  // namespace spotter::track
