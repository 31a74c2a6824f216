// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "spotter/geometry/box.h"

namespace spotter::track {

// Lengths in sizes of the person (the larger side of the box).
struct CameraShiftOptions {
  std::size_t fewest_people = 8;  // expected ones; with fewer their own movement is too easily taken for the camera's
  double least_share = 0.7;       // of the expected people who must agree
  double tolerance = 0.1;         // two shifts agree when they differ by less
  double reach = 0.5;             // largest shift from one frame to the next
  double height_tolerance = 1.2;  // ratio of the heights of one person in two frames
};

// How far the whole picture moved between two frames, found from the boxes alone: the offset observed - expected that
// most people have in common; {0, 0} when there is no such offset. Every pair of an expected and an observed box of
// about the same height votes for its offset, so it needs no matching first and stands shifts of half a person, where
// boxes of one person no longer overlap.
Point CommonShift(std::span<const Box> expected, std::span<const Box> observed, const CameraShiftOptions& options);

}  // namespace spotter::track
