// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/media/demuxer.h"

namespace spotter::media {

// What a file or stream says about its video, without decoding it. The connection is closed again.
Result<VideoStream> Probe(const DemuxerOptions& options);

// One video format that users may have, and whether the installed libav can decode or encode it.
struct CodecSupport {
  std::string codec;  // libav's name
  bool can_decode = false;
  bool can_encode = false;
};
// h264, hevc, vp8, vp9, av1, mpeg4, mjpeg: those that cameras and phones write.
std::vector<CodecSupport> ListCodecs();

// The version of the libav that runs, "59.37.100" (libavcodec), and of the FFmpeg that it is a part of.
std::string LibavVersion();
std::string FfmpegVersion();

}  // namespace spotter::media
