// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "spotter/exercise/history.h"
#include "spotter/exercise/series.h"

namespace spotter::exercise {

// The body's movement without knowing the exercise: how far the posture is along each of the `count` directions of
// feature space in which it varies most over the span (principal components, by power iteration with deflation),
// strongest first, fewer when it varies in fewer. Their signs have no meaning. Of limbs in pairs there is the lower and
// the higher value, not the left and the right one: a movement and its mirror image are the same, and limbs that take
// turns make one cycle a side.
std::vector<Series> PrincipalComponents(const FeatureHistory& history, Span span, std::size_t count);

// Distance of the posture from the one that the body rests in (where the components linger most), in the space of the
// given components: two movements of about one size that take turns (left and right, front and side raise) are one
// peak each.
// REQUIRES: components is not empty; all over one span
Series DistanceFromRest(std::span<const Series> components);

// Period of a series by autocorrelation: the first strong peak, not the highest, so that two repetitions are not taken
// for one. `strength` is the correlation there, [0, 1]; 0 and 0 when the series is too short.
struct Period {
  double seconds = 0;
  float strength = 0;
};
Period EstimatePeriod(const FeatureHistory& history, const Series& series);

// Symmetric moving average over +-half_s seconds; missing values are filled from their neighbours.
Series Smoothed(const FeatureHistory& history, const Series& series, double half_s);

}  // namespace spotter::exercise
