// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/analysis_pacer.h"

#include "spotter/base/check.h"

namespace spotter::pipeline {
namespace {

// Time stamps are rounded to milliseconds by many containers and cameras jitter: a gap this much longer is still in
// time.
constexpr double kTolerance = 1.05;

std::chrono::microseconds LongestGap(double rate_hz) {
  SPOTTER_CHECK(rate_hz > 0);
  return FromSeconds(kTolerance / rate_hz);
}

}  // namespace

AnalysisPacer::AnalysisPacer(double rate_hz) : longest_gap_(LongestGap(rate_hz)) {}

bool AnalysisPacer::IsDue(Pts pts) {
  const bool is_first = !due_at_ || pts < *due_at_;  // time that runs back is a new stream
  const std::chrono::microseconds interval = previous_ && !is_first ? pts - *previous_ : std::chrono::microseconds{0};
  previous_ = pts;
  if (!is_first && pts - *due_at_ + interval <= longest_gap_) return false;
  due_at_ = pts;
  return true;
}

}  // namespace spotter::pipeline
