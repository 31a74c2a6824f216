// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/frame.h"

namespace spotter::pipeline {

// Somebody who needs the pixels beside the perceptions (the annotator). Gets every frame that will give a Perception,
// in stream order, before that Perception is published; called from the camera worker's thread.
class FrameTap {
 public:
  virtual ~FrameTap() = default;
  virtual void OnFrame(FramePtr frame) = 0;
};

}  // namespace spotter::pipeline
