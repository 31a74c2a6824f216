// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "spotter/base/result.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/packet.h"

struct AVFrame;

namespace spotter::media {

// A decoded picture as the codec gave it: any pixel format, not yet upright. Shares the decoder's memory.
struct DecodedPicture {
  std::shared_ptr<const AVFrame> picture;
  std::optional<std::chrono::microseconds> timestamp;  // libav's best effort, on the stream's own clock
  std::chrono::microseconds duration{0};               // 0 = unknown
};

struct DecoderOptions {
  // Frame threads; 0 = 1 up to 1080p and 2 above. More threads decode sooner but cost memory (one picture each) and
  // latency.
  int threads = 0;
  // Leaves out the deblocking of pictures that no other one is predicted from: an eighth less CPU time (H.264, 1080p),
  // slightly blocky B-frames, no error that lasts.
  bool fast = false;
};

// Decodes one video stream of any codec that libav knows. Damaged pictures are counted, never fatal. Used by one
// thread.
//   Send, then Receive until it gives nullopt; after the last packet SendEnd, then Receive until nullopt.
class Decoder {
 public:
  static Result<std::unique_ptr<Decoder>> Create(const VideoStream& stream, const DecoderOptions& options = {});
  ~Decoder();

  void Send(const Packet& packet);
  // Gives back the pictures that wait for their turn (B-frames).
  void SendEnd();
  std::optional<DecodedPicture> Receive();

  // Packets refused and pictures known to be damaged.
  std::uint64_t corrupt() const;

 private:
  struct Impl;
  explicit Decoder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spotter::media
