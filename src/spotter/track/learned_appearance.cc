// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/learned_appearance.h"

#include <algorithm>
#include <cmath>

namespace spotter::track {
namespace {

constexpr double kMemoryS = 2;     // time constant: the light changes where somebody walks
constexpr double kEnoughS = 0.5;   // to know a part by
constexpr double kLongestS = 0.2;  // that one frame counts for

}  // namespace

double Similarity(const Appearance::Histogram& a, const Appearance::Histogram& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::sqrt(static_cast<double>(a[i]) * static_cast<double>(b[i]));
  return std::min(1.0, sum);
}

void LearnedAppearance::Learn(const Appearance& seen, double dt_s) {
  LearnPart(seen.upper, dt_s, upper_, known_.upper);
  LearnPart(seen.lower, dt_s, lower_, known_.lower);
}

// The mean of all frames at first, then of the last ones.
void LearnedAppearance::LearnPart(const std::optional<Appearance::Histogram>& seen,
                                  double dt_s,
                                  Part& part,
                                  std::optional<Appearance::Histogram>& known) {
  if (!seen) return;
  const double counted_s = std::clamp(dt_s, 0.0, kLongestS);
  const double of_all = part.seen_s > 0 ? counted_s / (part.seen_s + counted_s) : 1;
  const auto share = static_cast<float>(std::max(of_all, 1 - std::exp(-counted_s / kMemoryS)));
  for (std::size_t i = 0; i < seen->size(); ++i) part.mean[i] += share * ((*seen)[i] - part.mean[i]);
  part.seen_s += counted_s;
  if (part.seen_s >= kEnoughS) known = part.mean;
}

}  // namespace spotter::track
