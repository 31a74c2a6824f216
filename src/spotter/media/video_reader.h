// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "spotter/base/result.h"
#include "spotter/media/decoder.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/frame_converter.h"
#include "spotter/media/packet_ring.h"

namespace spotter::media {

struct VideoReaderOptions {
  DemuxerOptions demuxer;
  DecoderOptions decoder;
  bool start_at_keyframe = false;  // live: what comes before the first keyframe only decodes to garbage
  PacketRing* ring = nullptr;      // gets the packets; outlives the reader; null = none
  DropPolicy when_ring_is_full = DropPolicy::kWait;
};

// One session with a source: demuxer, decoder and converter in a row. One thread.
class VideoReader {
 public:
  static Result<std::unique_ptr<VideoReader>> Open(const VideoReaderOptions& options, IoWatch& watch);

  const VideoStream& stream() const { return demuxer_->stream(); }

  // The next decoded picture; nullopt at the end of the stream. After a read error come first the pictures that were
  // already in the decoder, then the error.
  Result<std::optional<DecodedPicture>> Next();
  // The frame of a picture; its times are left for the caller.
  Result<Frame> ToFrame(const DecodedPicture& picture) { return converter_.Convert(picture); }
  // Tells the ring when a picture was shown.
  void NoteTimes(const DecodedPicture& picture, Pts pts, UtcTime captured_at);
  // The expected distance between pictures: its own duration, else the stream's rate, else 40 ms.
  std::chrono::microseconds StepOf(const DecodedPicture& picture) const;

  // Packets refused and pictures known to be damaged. What a live stream sends before its first keyframe is neither.
  std::uint64_t corrupt() const { return decoder_->corrupt(); }

 private:
  VideoReader(const VideoReaderOptions& options, std::unique_ptr<Demuxer> demuxer, std::unique_ptr<Decoder> decoder);
  void ReadPacket();

  std::unique_ptr<Demuxer> demuxer_;
  std::unique_ptr<Decoder> decoder_;
  FrameConverter converter_;
  PacketRing* const ring_;
  bool needs_keyframe_;
  bool ended_ = false;
  std::optional<Error> read_error_;
};

}  // namespace spotter::media
