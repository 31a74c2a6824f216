// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/hygiene.h"

#include <cmath>

namespace spotter::floor {
namespace {

constexpr double kHalfLife_s = 7 * 24 * 3600;  // NOLINT(readability-identifier-naming): unit suffix

}  // namespace

std::optional<double> HygieneScore(std::span<const CleaningOutcome> outcomes, UtcTime now) {
  double cleaned = 0;
  double all = 0;
  for (const CleaningOutcome& outcome : outcomes) {
    if (outcome.verdict == CleaningVerdict::kUnknown || outcome.closed_at > now) continue;
    const double weight = outcome.confidence * std::exp2(-ToSeconds(now - outcome.closed_at) / kHalfLife_s);
    all += weight;
    if (outcome.verdict == CleaningVerdict::kCleaned) cleaned += weight;
  }
  if (!(all > 0)) return std::nullopt;
  return 100 * cleaned / all;
}

}  // namespace spotter::floor
