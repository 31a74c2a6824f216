// SPDX-License-Identifier: Apache-2.0
#include "spotter/ingest/capture_clock.h"

#include <algorithm>

namespace spotter::ingest {
namespace {

using std::chrono::microseconds;

constexpr std::int64_t kFollowOneIn = 2'000;  // 500 ppm
constexpr std::int64_t kSlowOneIn = 2;        // half speed
// NTP slews smaller differences than this by itself; a larger one between two pictures is a step.
constexpr microseconds kClockStep{250'000};

}  // namespace

void CaptureClock::FollowStep(microseconds step) {
  if (step > kClockStep) *zero_ += step;
  if (step < -kClockStep) is_ahead_ = true;
}

UtcTime CaptureClock::Map(Pts pts, const ArrivalTime& arrival) {
  if (!zero_) {
    zero_ = arrival.utc - pts;
  } else {
    FollowStep((arrival.utc - last_arrival_.utc) - (arrival.steady - last_arrival_.steady));
    const microseconds error = arrival.utc - (*zero_ + pts);
    if (error >= microseconds{0}) is_ahead_ = false;
    const microseconds limit = (pts - last_pts_) / (is_ahead_ ? kSlowOneIn : kFollowOneIn);
    *zero_ += std::clamp(error, -limit, limit);
  }
  last_pts_ = pts;
  last_arrival_ = arrival;
  return *zero_ + pts;
}

}  // namespace spotter::ingest
