// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/tracklet.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace spotter::track {
namespace {

// Time constant of the smoothed belief: half a dozen frames of a fast camera, one or two of a slow one.
constexpr double kBeliefMemoryS = 0.1;

}  // namespace

Tracklet::Tracklet(const Observation& first, const MotionOptions& options)
    : options_(options),
      motion_(first.box, options),
      expected_box_(first.box),
      belief_(first.belief),
      last_(first),
      first_seen_(first.pts),
      predicted_to_(first.pts),
      learned_at_(first.pts) {}

void Tracklet::Predict(Pts now) {
  motion_.Predict(std::max(0.0, ToSeconds(now - predicted_to_)), options_);
  predicted_to_ = std::max(predicted_to_, now);
  expected_box_ = motion_.box();
  ++frames_unseen_;
}

void Tracklet::Update(const Observation& observation) {
  motion_.Update(observation.box, options_);
  expected_box_ = motion_.box();
  const double age_s = std::max(0.0, ToSeconds(observation.pts - last_.pts));
  belief_ += (1 - std::exp(-age_s / kBeliefMemoryS)) * (observation.belief - belief_);
  last_ = observation;
  frames_unseen_ = 0;
}

void Tracklet::LearnAppearance() {
  appearance_.Learn(last_.appearance, ToSeconds(last_.pts - learned_at_));
  learned_at_ = last_.pts;
}

void ExchangeIdentities(Tracklet& a, Tracklet& b) {
  std::swap(a.id_, b.id_);
  std::swap(a.appearance_, b.appearance_);
  std::swap(a.first_seen_, b.first_seen_);
}

void Tracklet::NoteDuplicate(bool duplicate) {
  if (!duplicate) {
    duplicate_since_.reset();
  } else if (!duplicate_since_) {
    duplicate_since_ = last_.pts;
  }
}

}  // namespace spotter::track
