// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "spotter/track/figure.h"
#include "spotter/track/mirror_evidence.h"

namespace spotter::track {

// Where the one mirror of a picture is, learned from people and their proven reflections. Isotropic picture
// coordinates.
//
// The lines from people to their reflections meet in the vanishing point of the mirror's normal, and a reflection lies
// the part 1 - scale of the way to it. The mirror stands on the floor half way between the feet of a person and those
// of the reflection; several such places make a line, behind which nobody can stand.
class LearnedMirror {
 public:
  // From a proven pair of now: where both are, and where they stand if that is seen.
  void Learn(const MirrorEvidence& pair, const Figure& source, const Figure& image);
  // The pair's places and sizes are those of a person and a reflection in this mirror.
  bool Explains(const MirrorEvidence& pair) const;
  // Unknown until the line on the floor is, and when the figure's feet are not seen or do not stand opposite the
  // learned part of the mirror.
  std::optional<bool> IsBehind(const Figure& figure) const;

 private:
  // A point of the line, its direction (length 1), and the learned part as distances from the point along it.
  struct FloorLine {
    Point point;
    Point direction;
    float from = 0;
    float to = 0;
  };

  void LearnFloor(Point source, Point image, double scale);
  void FitFloorLine();
  std::optional<Point> VanishingPoint() const;

  // Normal equations of the point nearest to all lines: (xx xy; xy yy) p = (x, y).
  double xx_ = 0, xy_ = 0, yy_ = 0, x_ = 0, y_ = 0;
  std::vector<Point> floor_;  // places of the mirror's foot, apart from each other
  Point behind_;              // where a reflection stands
  std::optional<FloorLine> line_;
};

}  // namespace spotter::track
