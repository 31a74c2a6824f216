// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/appearance.h"

namespace spotter::track {

// How alike the colours of a part of two people are, [0, 1]: the Bhattacharyya coefficient of their histograms
// (Comaniciu et al.: "Kernel-Based Object Tracking", PAMI 2003).
double Similarity(const Appearance::Histogram& a, const Appearance::Histogram& b);

// What somebody looks like, from the frames in which nobody else was near. A plain value.
class LearnedAppearance {
 public:
  // `dt_s`: since the last frame of the same person.
  void Learn(const Appearance& seen, double dt_s);
  // The parts that were seen for long enough.
  const Appearance& known() const { return known_; }

 private:
  struct Part {
    Appearance::Histogram mean{};
    double seen_s = 0;
  };

  static void LearnPart(const std::optional<Appearance::Histogram>& seen,
                        double dt_s,
                        Part& part,
                        std::optional<Appearance::Histogram>& known);

  Part upper_;
  Part lower_;
  Appearance known_;
};

}  // namespace spotter::track
