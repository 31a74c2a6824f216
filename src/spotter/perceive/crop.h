// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "spotter/core/frame.h"
#include "spotter/geometry/box.h"
#include "spotter/perceive/letterbox.h"

namespace spotter::perceive {

// A square of the frame, turned: `up` of the crop points along (sin angle, -cos angle) in the frame.
struct CropRegion {
  Point center;      // frame pixels
  float radius = 1;  // half the side, frame pixels
  float angle = 0;   // radians, clockwise

  // Crop coordinates in [-1, 1] (x right, y down) -> frame pixels.
  Point FrameFromCrop(Point in_crop) const;
};

// The frame at full, half, quarter ... size, made when asked for. One frame, one thread.
class FramePyramid {
 public:
  // `frame` outlives the pyramid.
  explicit FramePyramid(const Frame& frame) : frame_(frame) {}

  struct Level {
    Frame::Plane plane;
    Size size;
  };
  // Plane 0..2, halved `halvings` times.
  Level Get(int plane, int halvings);
  const Frame& frame() const { return frame_; }

 private:
  const Frame& frame_;
  struct Halved {
    Size size;
    std::vector<std::uint8_t> pixels;
  };
  std::array<std::vector<Halved>, 3> halved_;
};

// Writes side * side * 3 RGB bytes: linear interpolation, on a halved frame where the crop shrinks it by more than two
// so that nothing is skipped. Outside the frame it is black.
void FillCrop(FramePyramid& pyramid, const CropRegion& region, int side, std::span<std::uint8_t> rgb);

}  // namespace spotter::perceive
