// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "spotter/base/result.h"
#include "spotter/core/frame.h"
#include "spotter/media/decoder.h"
#include "spotter/media/orientation.h"

namespace spotter::media {

// Makes core Frames (upright, 8-bit I420) of decoded pictures. The usual case, an upright 8-bit 4:2:0 video, is passed
// through without touching a pixel; everything else is converted and turned into memory of a pool. Used by one thread;
// the frames live as long as somebody holds them, also beyond the converter.
class FrameConverter {
 public:
  // `orientation`: of the stream; a picture's own display matrix goes before it.
  explicit FrameConverter(const Orientation& orientation);
  ~FrameConverter();

  // The frame's times are left for the caller. Fails for a pixel format that nothing can convert.
  Result<Frame> Convert(const DecodedPicture& decoded);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace spotter::media
