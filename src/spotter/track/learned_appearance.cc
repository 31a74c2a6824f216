// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/learned_appearance.h"

#include <algorithm>
#include <cmath>

namespace spotter::track {
namespace {

using Part = std::optional<Appearance::Histogram>;

constexpr double kMemoryS = 2;     // time constant: the light changes where somebody walks
constexpr double kEnoughS = 0.5;   // to know somebody by
constexpr double kLongestS = 0.2;  // that one frame counts for

double Bhattacharyya(const Appearance::Histogram& a, const Appearance::Histogram& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::sqrt(static_cast<double>(a[i]) * static_cast<double>(b[i]));
  return std::min(1.0, sum);
}

void LearnPart(const Part& seen, float share, Part& mean) {
  if (!seen) return;
  if (!mean) {
    mean = seen;
    return;
  }
  for (std::size_t i = 0; i < mean->size(); ++i) (*mean)[i] += share * ((*seen)[i] - (*mean)[i]);
}

}  // namespace

std::optional<double> Similarity(const Appearance& a, const Appearance& b) {
  double sum = 0;
  int parts = 0;
  const auto add = [&](const Part& p, const Part& q) {
    if (!p || !q) return;
    sum += Bhattacharyya(*p, *q);
    ++parts;
  };
  add(a.upper, b.upper);
  add(a.lower, b.lower);
  return parts > 0 ? std::optional(sum / parts) : std::nullopt;
}

void LearnedAppearance::Learn(const Appearance& seen, double dt_s) {
  if (!seen.upper && !seen.lower) return;
  const double counted_s = std::clamp(dt_s, 0.0, kLongestS);
  const auto share = static_cast<float>(1 - std::exp(-counted_s / kMemoryS));
  LearnPart(seen.upper, share, mean_.upper);
  LearnPart(seen.lower, share, mean_.lower);
  seen_s_ += counted_s;
}

const Appearance* LearnedAppearance::Get() const { return seen_s_ >= kEnoughS ? &mean_ : nullptr; }

}  // namespace spotter::track
