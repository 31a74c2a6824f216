// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/perception.h"
#include "spotter/track/affinity.h"
#include "spotter/track/camera_shift.h"
#include "spotter/track/encounters.h"
#include "spotter/track/motion.h"
#include "spotter/track/tracklet.h"

namespace spotter::track {

// Overlaps are intersections over union. The belief in a detection is its confidence or that of its six best body
// joints, whichever is more (see observation.h), in [0, 1].
struct TrackerOptions {
  double start_belief = 0.6;         // a detection that is nobody known's starts a track from here on
  double high_belief = 0.5;          // detections from here on are matched first
  double low_belief = 0.1;           // detections below are ignored
  double first_overlap = 0.12;       // least overlap of an expected and an observed box in the first stage,
  double low_overlap = 0.5;          // with detections of low belief,
  double tentative_overlap = 0.3;    // of an unconfirmed track
  double recover_containment = 0.6;  // part of the smaller box in the other that makes an unseen track the claimant
  double recover_within_s = 0.5;
  double duplicate_overlap = 0.9;  // two observations overlapping so much are one person,
  double duplicate_pose = 0.6;     // or with poses as similar (keypoint similarity)
  double duplicate_for_s = 0.5;    // a confirmed track that is a duplicate for so long is dropped
  double confirm_after_s = 0.09;   // a track is confirmed when it was seen twice or more over this time,
  double recognise_for_s = 0.5;    // or over this one, where it may be somebody who was hidden
  double lost_for_s = 2.0;         // an unseen track is kept so long,
  double hidden_for_s = 10.0;      // one that was last seen close to somebody else so long
  MotionOptions motion;
  AffinityOptions affinity;
  CameraShiftOptions camera_shift;
  EncounterOptions encounter;
};

// Follows the people of one camera from frame to frame and gives each an id that is never used again (from 1). Stages
// as in ByteTrack (Zhang et al., ECCV 2022): detections of high confidence first, then those of low confidence for
// tracks that were seen in the frame before, then unconfirmed tracks. Its own: motion in real time steps (motion.h),
// cues of height, confidence and pose (affinity.h), a common shift of the picture (camera_shift.h), poses as evidence,
// clothes where one person hid another (encounters.h).
// One owner, not thread safe.
class Tracker {
 public:
  explicit Tracker(const TrackerOptions& options = {});

  // The people seen in this frame whose tracks are confirmed, ordered by track id, with confidence, box and pose of
  // their detection. `frame_aspect` is the frame's width / height; frames come in the order of their pts.
  std::vector<PerceivedPerson> Update(Pts pts, float frame_aspect, std::span<const Detection> detections);

 private:
  using Indices = std::vector<std::size_t>;

  void Observe(Pts pts, float frame_aspect, std::span<const Detection> detections);
  void FollowCamera(const Indices& high);
  // The matching stages take what they match out of `tracks` and `detections`.
  void MatchLow(Indices& tracks, Indices& detections);
  void Recover(Indices& tracks, Indices& detections);
  void MatchHidden(Indices& detections);
  void MatchTentative(Indices& detections);
  void MatchByAffinity(Indices& tracks, Indices& detections, double least_overlap);
  template <typename Gain>
  void Match(Indices& tracks, Indices& detections, const Gain& gain);
  void DropCovered(Indices& detections) const;
  void StartTracks(const Indices& detections);
  void Confirm();
  bool IsToConfirm(const Tracklet& track) const;
  void NoteDuplicates();
  void DropTracks();
  bool IsSeen(std::size_t track) const;
  bool IsOlder(std::size_t a, std::size_t b) const;
  bool IsLost(const Tracklet& track) const;
  bool IsToKeep(std::size_t track) const;
  bool IsSamePerson(const Observation& a, const Observation& b) const;
  std::vector<PerceivedPerson> Seen(std::span<const Detection> detections) const;

  TrackerOptions options_;
  std::int64_t next_id_ = 1;
  bool saw_anybody_ = false;
  Pts now_{0};
  Point camera_offset_;  // added to what is observed, so that a moving picture stands still
  std::vector<Tracklet> tracks_;
  Encounters encounters_;
  // Of this frame:
  std::vector<Observation> observed_;
  std::vector<std::size_t> detection_of_;  // index of each track's detection, or kUnseen
};

}  // namespace spotter::track
