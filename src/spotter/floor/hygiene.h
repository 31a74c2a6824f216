// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "spotter/base/time.h"
#include "spotter/core/zone.h"

namespace spotter::floor {

// How one use of a machine ended: what CleaningWindowClosed said.
struct CleaningOutcome {
  UtcTime closed_at;
  CleaningVerdict verdict = CleaningVerdict::kUnknown;
  double confidence = 0;  // in the verdict, [0, 1]
};

// A machine's hygiene score in [0, 100] at `now`:
//
//   100 * sum(w * cleaned) / sum(w),   w = confidence * 2^(-age / 7 days)
//
// over the uses that were seen to be cleaned (1) or not (0); unknown ones and those of the future say nothing. None
// when no use says anything. A use of a week ago counts half as much as one of today.
std::optional<double> HygieneScore(std::span<const CleaningOutcome> outcomes, UtcTime now);

}  // namespace spotter::floor
