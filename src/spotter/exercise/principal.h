// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "spotter/exercise/history.h"
#include "spotter/exercise/series.h"

namespace spotter::exercise {

// The body's movement without knowing the exercise: the directions of feature space in which a stretch of a history
// varies most (principal components, by power iteration with deflation), strongest first. Each is a Series over the
// span; its sign has no meaning.
struct PrincipalComponent {
  Series series;
  float variance_share = 0;    // of all features' variance, [0, 1]
  float leg_antisymmetry = 0;  // [0, 1]: 1 = nothing but legs moving against each other (walking)
  float antisymmetry = 0;      // [0, 1]: the same for arms and legs
};
std::vector<PrincipalComponent> PrincipalComponents(const FeatureHistory& history, Span span, std::size_t count);

// Distance of the posture from the one that the body rests in (where the components linger most), in the space of the
// given components: two movements that take turns (left and right, front and side raise) are one peak each.
// REQUIRES: components is not empty; all over one span
Series DistanceFromRest(std::span<const PrincipalComponent> components);

// Period of a series by autocorrelation: the first strong peak, not the highest, so that two repetitions are not taken
// for one. `strength` is the correlation there, [-1, 1]; 0 and 0 when the series is too short.
struct Period {
  double seconds = 0;
  float strength = 0;
};
Period EstimatePeriod(const FeatureHistory& history, const Series& series);

// Symmetric moving average over +-half_s seconds; missing values are filled from their neighbours.
Series Smoothed(const FeatureHistory& history, const Series& series, double half_s);

}  // namespace spotter::exercise
