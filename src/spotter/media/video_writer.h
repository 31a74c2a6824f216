// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/media/bgr_picture.h"

namespace spotter::media {

struct VideoWriterOptions {
  std::string path;  // ends in .mp4
  int width = 0;     // pixels; an odd side gets its last row or column doubled, as H.264 4:2:0 has even sides only
  int height = 0;
  double frame_rate = 0;            // of the source, a hint for the rate control; 0 = unknown
  int quality = 23;                 // x264's constant rate factor: 18 = hardly distinguishable, 28 = small
  std::string preset = "veryfast";  // x264's trade of time for size
  int threads = 2;
};

// Writes an MP4 with H.264 video and an index in front (plays while it loads). Pictures keep their own times, so
// variable frame rates stay right. The file is written as PATH.part and gets its name in Finish; a writer that is
// destroyed before removes it. Used by one thread.
class VideoWriter {
 public:
  static Result<VideoWriter> Create(const VideoWriterOptions& options);
  VideoWriter(VideoWriter&&) noexcept;
  VideoWriter& operator=(VideoWriter&&) noexcept;
  ~VideoWriter();

  // `pts` of each picture is later than that of the one before. REQUIRES: the size of the options
  Result<void> Write(const BgrPicture& picture, Pts pts);
  // Writes what the encoder still holds, then names the file. Call once, last.
  Result<void> Finish();

 private:
  struct Impl;
  explicit VideoWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spotter::media
