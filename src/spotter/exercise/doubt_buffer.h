// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <utility>

#include "spotter/core/ids.h"
#include "spotter/exercise/joints.h"

namespace spotter::exercise {

// Keeps the joints of people who may turn out to be reflections, until that is decided: what they did is analysed
// afterwards or not at all, so a reflection never raises an event and a person loses none. One owner, not thread safe.
class DoubtBuffer {
 public:
  // `longest_s`: of each track at most so much is kept, the latest.
  explicit DoubtBuffer(double longest_s) : longest_s_(longest_s) {}

  void Hold(const CameraId& camera, TrackId track, const Joints& joints);
  // What was held of a track that is a person after all, oldest first; it is no longer held.
  std::deque<Joints> Release(const CameraId& camera, TrackId track);
  // The track is a reflection.
  void Drop(const CameraId& camera, TrackId track) { held_.erase({camera, track}); }
  // Drops the tracks of this camera that were not seen for as long as is kept of one.
  void ForgetGone(const CameraId& camera, Pts now);

 private:
  double longest_s_;
  std::map<std::pair<CameraId, TrackId>, std::deque<Joints>> held_;  // never empty ones
};

}  // namespace spotter::exercise
