// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "spotter/track/figure.h"

namespace spotter::track {

// Two people of one frame, of whom the second may be the first one's reflection.
struct FigurePair {
  const Figure* source = nullptr;
  const Figure* image = nullptr;
};

// Mean distance of the joints from where they should be, in sizes of the image.
struct ShapeError {
  double across = 0;    // the direction from one figure to the other
  double anywhere = 0;  // along it, too
};

// What some seconds of two people say about whether the second is the first one's reflection in a plane mirror.
//
// In the picture, the lines from each point to its reflection meet in one point. So across the direction from one
// figure to the other the reflection is the source made smaller, joint by joint, with left and right exchanged: a
// network names the joints of what looks like a person. Along that direction it may be turned around. Somebody who does
// the same beside or behind the source is a copy of it without the exchange. A reflection moves at the same instant;
// people who try to, come a tenth of a second early or late.
struct MirrorEvidence {
  double seconds = 0;      // from the first to the last frame
  double scale = 0;        // size of the image / size of the source
  ShapeError mirrored;     // of the image as a reflection of the source
  ShapeError copied;       // and as a copy without the exchange of left and right
  double movement = 0;     // up and down, of the livelier of the two, standard deviation in sizes;
  double shared = 0;       // the part that both have in common
  double correlation = 0;  // of the two movements, [-1, 1]
  double gain = 0;         // the image's movement / the source's made smaller; 1 for a reflection
  double lag_s = 0;        // that the image's movement seems to be late; looked for within +-0.5 s,
  double gain_by_lag = 0;  // and how much larger the correlation is with it
  Point source_center;
  Point image_center;  // of the joints that both have, means over the time
};

// Compares the two over the given frames, oldest first. None when too little is seen of either. A size is the root mean
// square distance of the joints from their middle.
std::optional<MirrorEvidence> Compare(std::span<const FigurePair> frames);

// The shapes are those of a person and a reflection and not of two people who stand alike.
bool IsMirrored(const MirrorEvidence& evidence);
// Both moved, and as one.
bool MovesAsOne(const MirrorEvidence& evidence);
// At least one of them moved, and the other one did not do the same.
bool MovesApart(const MirrorEvidence& evidence);

}  // namespace spotter::track
