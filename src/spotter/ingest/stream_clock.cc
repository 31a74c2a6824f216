// SPDX-License-Identifier: Apache-2.0
#include "spotter/ingest/stream_clock.h"

#include <algorithm>

namespace spotter::ingest {
namespace {

using std::chrono::microseconds;

// A step back of this size is a stream that starts over, not a shuffled picture.
constexpr microseconds kRestart{1'000'000};
// So many time stamps in a row that increase are to be believed, although they lie behind what was.
constexpr int kBelievable = 8;

}  // namespace

Pts StreamClock::Map(const Stamp& stamp) {
  if (!last_pts_) {
    first_arrival_ = stamp.arrived;
    return Settle(stamp, Pts{0});
  }
  if (!stamp.timestamp) {
    ++repaired_;
    return Settle(stamp, NextPts(stamp));
  }
  if (!offset_) return Continue(stamp);
  const Pts pts = *stamp.timestamp + *offset_;
  const microseconds gap = pts - *last_pts_;
  if (gap <= microseconds{0}) return Repair(stamp);
  if (gap > longest_gap_) {
    ++repaired_;
    return Continue(stamp);
  }
  stuck_ = 0;
  rising_ = 0;
  return Settle(stamp, pts);
}

// Where a picture belongs whose time stamp says nothing: one step on, or as late as it really came.
Pts StreamClock::NextPts(const Stamp& stamp) const {
  const Pts pts = *last_pts_ + stamp.step;
  return stamp.arrived && first_arrival_ ? std::max(pts, *stamp.arrived - *first_arrival_) : pts;
}

// A new mapping behind all that was.
Pts StreamClock::Continue(const Stamp& stamp) {
  const Pts pts = NextPts(stamp);
  offset_.reset();
  stuck_ = 0;
  rising_ = 0;
  return Settle(stamp, pts);
}

// The first one of a row may be a doubled time stamp, so it takes half a step and leaves room for the next; when the
// row goes on, the stream time goes on by whole steps.
Pts StreamClock::Repair(const Stamp& stamp) {
  ++repaired_;
  ++stuck_;
  const microseconds change = *stamp.timestamp - last_timestamp_.value_or(*stamp.timestamp);
  rising_ = change > microseconds{0} ? rising_ + 1 : 0;
  if (change < -kRestart || rising_ >= kBelievable) return Continue(stamp);
  const microseconds half = std::max(stamp.step / 2, microseconds{1});
  const microseconds advance = stuck_ == 1 ? half : stuck_ == 2 ? stamp.step + half : stamp.step;
  last_timestamp_ = stamp.timestamp;
  last_pts_ = *last_pts_ + advance;
  return *last_pts_;
}

Pts StreamClock::Settle(const Stamp& stamp, Pts pts) {
  if (stamp.timestamp) {
    if (!offset_) offset_ = pts - *stamp.timestamp;
    last_timestamp_ = stamp.timestamp;
  }
  last_pts_ = pts;
  return pts;
}

}  // namespace spotter::ingest
