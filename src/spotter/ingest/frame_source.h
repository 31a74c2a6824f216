// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/core/frame.h"
#include "spotter/core/ids.h"
#include "spotter/media/packet_ring.h"

namespace spotter::ingest {

// A configured origin of frames.
struct SourceOptions {
  CameraId camera_id;
  std::string url;                     // a video file, rtsp(s)://, http(s):// or a device /dev/videoN
  double fps = 0;                      // live: target frames a second, thinned by time; 0 = all
  std::optional<UtcTime> captured_at;  // file: UTC of its first frame; default: its creation time, else 1970-01-01
  bool wait_for_camera = false;        // live: a camera that is away at the start is waited for, not an error
  int decode_threads = 0;              // 0 = chosen from the picture's size
  bool fast_decode = false;            // see media::DecoderOptions::fast
  bool real_time = false;              // file: each frame at its time, as if the file were a camera
  media::PacketRing* ring = nullptr;   // gets every encoded picture with its times, outlives the source; null = none

  // Live sources only.
  std::chrono::milliseconds connect_timeout{10'000};      // until the camera has described its stream
  std::chrono::milliseconds first_frame_timeout{60'000};  // then, until its first picture: some need 40 s
  std::chrono::milliseconds stall_timeout{10'000};        // then, the age of the last picture that means "away"
  std::chrono::milliseconds backoff_min{1'000};           // wait between attempts to reconnect, doubled each time
  std::chrono::milliseconds backoff_max{30'000};
};

struct SourceInfo {
  int width = 0;  // pixels, upright; 0 for a camera that has not been seen yet
  int height = 0;
  double frame_rate = 0;                              // average a second; 0 = unknown
  std::optional<std::chrono::microseconds> duration;  // of a file, when its header says so
  std::string codec;                                  // "h264", "hevc" ...
  bool live = false;
};

struct SourceStats {
  std::uint64_t decoded = 0;              // pictures
  std::uint64_t thinned = 0;              // left out to meet `fps`
  std::uint64_t dropped = 0;              // live: the oldest of a full queue, because the consumer was slower
  std::uint64_t corrupt = 0;              // packets refused and pictures known to be damaged
  std::uint64_t reconnects = 0;           // live: sessions after the first
  std::uint64_t repaired_timestamps = 0;  // missing or running backwards
  std::size_t queued = 0;                 // frames that wait for the consumer now
  std::optional<std::chrono::milliseconds> frame_age;  // live: since the last picture came; nullopt before the first
};

// Frames of one camera or file, in order, decoded by a thread of its own. `pts` starts at 0 and strictly increases,
// also across reconnects. Destroying it stops the thread.
class FrameSource {
 public:
  virtual ~FrameSource() = default;

  virtual SourceInfo info() const = 0;

  // Waits for the next frame; nullptr at the end of a file and after Stop. A live source has no end. One thread.
  virtual Result<FramePtr> Next() = 0;
  // Makes Next return nullptr soon and ends all reading. Any thread, more than once.
  virtual void Stop() = 0;

  virtual SourceStats stats() const = 0;
  // What the user should know about the source (cut off, damaged, wrong time stamps); complete once Next gave nullptr.
  virtual std::vector<std::string> warnings() const = 0;
};

// Opens a file (every frame, nothing dropped) or a live source (newest wins, reconnects by itself). A file, and a
// camera without `wait_for_camera`, has given its first picture when this returns; else the error says what to do.
Result<std::unique_ptr<FrameSource>> OpenSource(const SourceOptions& options);

}  // namespace spotter::ingest
