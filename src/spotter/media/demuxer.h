// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/media/io_watch.h"
#include "spotter/media/orientation.h"
#include "spotter/media/packet.h"

struct AVCodecParameters;

namespace spotter::media {

// What a container says about its video stream. It may say wrong things; frames are the truth.
struct VideoStream {
  std::string codec;      // libav's name: "h264", "hevc", "vp9" ...
  std::string container;  // libav's name: "mov,mp4,m4a,3gp,3g2,mj2", "rtsp" ...
  int width = 0;          // pixels, upright
  int height = 0;
  double frame_rate = 0;                              // average frames a second; 0 = unknown
  std::optional<std::chrono::microseconds> duration;  // of a file
  bool duration_is_estimate = false;                  // from the bit rate: only for a progress bar
  std::optional<UtcTime> creation_time;
  Orientation orientation;
  TimeBase time_base;
  std::shared_ptr<const AVCodecParameters> parameters;  // for a decoder or a remuxer
};

struct DemuxerOptions {
  // A path ("-" is no special name), rtsp(s)://, http(s):// or a video device /dev/videoN.
  std::string url;
  std::chrono::milliseconds connect_timeout{10'000};  // until the stream is described
  std::chrono::milliseconds analyse_timeout{60'000};  // then, until the first pictures have arrived
};

// Reads the encoded pictures of the best video stream of a file, a network stream or a device; other streams are
// skipped. Used by one thread at a time. RTSP runs over TCP.
class Demuxer {
 public:
  // Errors name the source without its password and say what to do. `watch` outlives the demuxer.
  static Result<std::unique_ptr<Demuxer>> Open(const DemuxerOptions& options, IoWatch& watch);
  ~Demuxer();

  const VideoStream& stream() const;

  // The next packet; nullopt at the end of the stream. Fails on a read error, and when the watch expires.
  Result<std::optional<Packet>> Read();

 private:
  struct Impl;
  explicit Demuxer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spotter::media
