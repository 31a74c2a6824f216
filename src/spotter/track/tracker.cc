// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/tracker.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "spotter/track/assignment.h"

namespace spotter::track {
namespace {

constexpr std::size_t kUnseen = std::numeric_limits<std::size_t>::max();

}  // namespace

Tracker::Tracker(const TrackerOptions& options) : options_(options), encounters_(options.encounter) {}

std::vector<PerceivedPerson> Tracker::Update(Pts pts, float frame_aspect, std::span<const Detection> detections) {
  Observe(pts, frame_aspect, detections);
  Indices high;
  Indices low;
  for (std::size_t i = 0; i < observed_.size(); ++i) {
    if (observed_[i].belief >= options_.high_belief) {
      high.push_back(i);
    } else if (observed_[i].belief >= options_.low_belief) {
      low.push_back(i);
    }
  }
  FollowCamera(high);
  Indices confirmed;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (tracks_[i].confirmed() && !IsLost(tracks_[i])) confirmed.push_back(i);
  }
  MatchByAffinity(confirmed, high, options_.first_overlap);
  DropCovered(low);
  MatchLow(confirmed, low);
  Recover(confirmed, high);
  DropCovered(high);
  MatchHidden(high);
  MatchTentative(high);
  StartTracks(high);
  Confirm();
  NoteDuplicates();
  DropTracks();
  encounters_.Update(now_, tracks_);
  return Seen(detections);
}

void Tracker::Observe(Pts pts, float frame_aspect, std::span<const Detection> detections) {
  now_ = pts;
  observed_.clear();
  for (const Detection& detection : detections) {
    observed_.push_back(track::Observe(pts, frame_aspect, detection));
    Shift(observed_.back(), camera_offset_);
  }
  for (Tracklet& track : tracks_) track.Predict(pts);
  detection_of_.assign(tracks_.size(), kUnseen);
}

void Tracker::FollowCamera(const Indices& high) {
  std::vector<Box> expected;
  for (const Tracklet& track : tracks_) {
    if (track.confirmed() && track.frames_unseen() <= 2) expected.push_back(track.expected_box());
  }
  std::vector<Box> seen;
  for (const std::size_t i : high) seen.push_back(observed_[i].box);
  const Point shift = CommonShift(expected, seen, options_.camera_shift);
  const Point back = Point{} - shift;
  camera_offset_ = camera_offset_ + back;
  for (Observation& observation : observed_) Shift(observation, back);
}

template <typename Gain>
void Tracker::Match(Indices& tracks, Indices& detections, const Gain& gain) {
  if (tracks.empty() || detections.empty()) return;
  PairTable gains(tracks.size(), detections.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    for (std::size_t j = 0; j < detections.size(); ++j) {
      gains(i, j) = gain(tracks_[tracks[i]], observed_[detections[j]]);
    }
  }
  const std::vector<int> assigned = BestAssignment(gains);
  Indices tracks_left;
  std::vector<bool> taken(detections.size(), false);
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    if (assigned[i] == kUnassigned) {
      tracks_left.push_back(tracks[i]);
      continue;
    }
    const auto j = static_cast<std::size_t>(assigned[i]);
    taken[j] = true;
    tracks_[tracks[i]].Update(observed_[detections[j]]);
    detection_of_[tracks[i]] = detections[j];
  }
  Indices detections_left;
  for (std::size_t j = 0; j < detections.size(); ++j) {
    if (!taken[j]) detections_left.push_back(detections[j]);
  }
  tracks = std::move(tracks_left);
  detections = std::move(detections_left);
}

void Tracker::MatchByAffinity(Indices& tracks, Indices& detections, double least_overlap) {
  Match(tracks, detections, [&](const Tracklet& track, const Observation& observation) {
    return Affinity(track, observation, least_overlap, options_.affinity);
  });
}

// Only tracks seen in the frame before may take weak detections: farther back they are as often somebody else's shadow.
void Tracker::MatchLow(Indices& tracks, Indices& detections) {
  const auto middle = std::stable_partition(tracks.begin(), tracks.end(),
                                            [this](std::size_t i) { return tracks_[i].frames_unseen() > 1; });
  Indices recent(middle, tracks.end());
  tracks.erase(middle, tracks.end());
  MatchByAffinity(recent, detections, options_.low_overlap);
  tracks.insert(tracks.end(), recent.begin(), recent.end());
}

// The box of one person may jump between the upper body, the lower body and all of it, when somebody sits up or is cut
// off by the picture's edge.
void Tracker::Recover(Indices& tracks, Indices& detections) {
  Match(tracks, detections, [&](const Tracklet& track, const Observation& observation) {
    if (ToSeconds(now_ - track.last().pts) > options_.recover_within_s) return 0.0;
    if (!ShareASide(track.last().box, observation.box)) return 0.0;
    const double inside = Containment(track.last().box, observation.box);
    return inside < options_.recover_containment ? 0.0 : inside;
  });
}

// Who was hidden by somebody comes out beside him.
void Tracker::MatchHidden(Indices& detections) {
  Indices hidden;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (!IsSeen(i) && encounters_.IsHidden(tracks_[i])) hidden.push_back(i);
  }
  Match(hidden, detections, [&](const Tracklet& track, const Observation& observation) {
    return encounters_.Emerges(track, tracks_, observation);
  });
}

void Tracker::MatchTentative(Indices& detections) {
  Indices tentative;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (!tracks_[i].confirmed()) tentative.push_back(i);
  }
  MatchByAffinity(tentative, detections, options_.tentative_overlap);
}

// A second detection of somebody who is already seen.
void Tracker::DropCovered(Indices& detections) const {
  std::erase_if(detections, [this](std::size_t j) {
    return std::any_of(detection_of_.begin(), detection_of_.end(), [&](std::size_t other) {
      return other != kUnseen && IsSamePerson(observed_[other], observed_[j]);
    });
  });
}

void Tracker::StartTracks(const Indices& detections) {
  const std::size_t started_before = tracks_.size();
  for (const std::size_t j : detections) {
    if (observed_[j].belief < options_.start_belief) continue;
    const bool again =
        std::any_of(detection_of_.begin() + static_cast<std::ptrdiff_t>(started_before), detection_of_.end(),
                    [&](std::size_t other) { return IsSamePerson(observed_[other], observed_[j]); });
    if (again) continue;
    tracks_.emplace_back(observed_[j], options_.motion);
    detection_of_.push_back(j);
  }
}

// Who is there when a stream begins did not just walk in: the first people need no second look.
void Tracker::Confirm() {
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    Tracklet& track = tracks_[i];
    if (!track.confirmed() && IsSeen(i) && IsToConfirm(track)) track.Confirm(TrackId(next_id_++));
  }
  saw_anybody_ = saw_anybody_ || !tracks_.empty();
}

bool Tracker::IsToConfirm(const Tracklet& track) const {
  if (!saw_anybody_) return true;
  const double seen_s = ToSeconds(now_ - track.first_seen());
  if (seen_s < options_.confirm_after_s) return false;
  return seen_s >= options_.recognise_for_s || !encounters_.MayBeHidden(track.last(), tracks_);
}

// Two people who pass each other look alike for a moment; two tracks on one person do so for long.
void Tracker::NoteDuplicates() {
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (!IsSeen(i)) continue;
    bool duplicate = false;
    for (std::size_t j = 0; j < tracks_.size() && !duplicate; ++j) {
      duplicate = IsSeen(j) && IsOlder(j, i) && IsSamePerson(observed_[detection_of_[j]], observed_[detection_of_[i]]);
    }
    tracks_[i].NoteDuplicate(duplicate);
  }
}

void Tracker::DropTracks() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (!IsToKeep(i)) continue;
    if (kept != i) {
      tracks_[kept] = tracks_[i];
      detection_of_[kept] = detection_of_[i];
    }
    ++kept;
  }
  tracks_.erase(tracks_.begin() + static_cast<std::ptrdiff_t>(kept), tracks_.end());
  detection_of_.resize(kept);
}

bool Tracker::IsSeen(std::size_t track) const { return detection_of_[track] != kUnseen; }

bool Tracker::IsLost(const Tracklet& track) const { return ToSeconds(now_ - track.last().pts) > options_.lost_for_s; }

// Identities may have been exchanged since the tracks began.
bool Tracker::IsOlder(std::size_t a, std::size_t b) const {
  const Pts since_a = tracks_[a].first_seen();
  const Pts since_b = tracks_[b].first_seen();
  return since_a != since_b ? since_a < since_b : a < b;
}

bool Tracker::IsToKeep(std::size_t index) const {
  const Tracklet& track = tracks_[index];
  if (track.DuplicateForS() >= options_.duplicate_for_s) return false;
  if (IsSeen(index) || (track.confirmed() && !IsLost(track))) return true;
  return encounters_.IsHidden(track) && ToSeconds(now_ - track.last().pts) <= options_.hidden_for_s;
}

bool Tracker::IsSamePerson(const Observation& a, const Observation& b) const {
  return Iou(a.box, b.box) >= options_.duplicate_overlap || PoseSimilarity(a, b) >= options_.duplicate_pose;
}

std::vector<PerceivedPerson> Tracker::Seen(std::span<const Detection> detections) const {
  std::vector<PerceivedPerson> people;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (!tracks_[i].confirmed() || !IsSeen(i)) continue;
    const Detection& detection = detections[detection_of_[i]];
    people.push_back({tracks_[i].id(), detection.confidence, detection.box, detection.pose});
  }
  std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.track_id < b.track_id; });
  return people;
}

}  // namespace spotter::track
