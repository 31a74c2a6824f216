// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/core/appearance.h"

namespace spotter::track {

// How alike two people's clothes are, [0, 1]: the mean over the parts seen of both of the Bhattacharyya coefficient of
// their histograms (Comaniciu et al.: "Kernel-Based Object Tracking", PAMI 2003). None: no part is seen of both.
std::optional<double> Similarity(const Appearance& a, const Appearance& b);

// What somebody looks like, from the frames in which nobody else was near. A plain value.
class LearnedAppearance {
 public:
  // `dt_s`: since the last frame of the same person.
  void Learn(const Appearance& seen, double dt_s);
  // Null while too little was seen.
  const Appearance* Get() const;

 private:
  Appearance mean_;
  double seen_s_ = 0;
};

}  // namespace spotter::track
