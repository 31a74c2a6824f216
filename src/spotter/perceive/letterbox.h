// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/geometry/box.h"

namespace spotter::perceive {

struct Size {
  int width = 0;
  int height = 0;
  bool operator==(const Size&) const = default;
};

// A frame shrunk by one factor into the upper left corner of a network's input; the rest is black.
struct Letterbox {
  Size input;       // of the network, pixels
  Size picture;     // the part of the input that the frame covers
  float scale = 1;  // input pixels per frame pixel
  Size frame;

  static Letterbox Fit(Size frame, Size input);

  // Input pixels -> fractions of the frame.
  Point FrameFromInput(Point in_input) const {
    return {in_input.x / (scale * static_cast<float>(frame.width)),
            in_input.y / (scale * static_cast<float>(frame.height))};
  }
  Box FrameFromInput(const Box& in_input) const;
};

// The input size (multiples of 32) for frames of this shape: of all sizes with at most the area of a 16:9 picture of
// height `pose_size`, the one in which the frame is largest. REQUIRES: positive sizes, pose_size >= 32
Size ChooseInputSize(Size frame, int pose_size);

}  // namespace spotter::perceive
