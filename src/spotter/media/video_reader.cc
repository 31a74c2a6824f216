// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/video_reader.h"

#include <utility>

namespace spotter::media {
namespace {

constexpr std::chrono::microseconds kDefaultStep{40'000};
// Containers that count in large units claim rates that no camera has; their word is not used.
constexpr double kHighestFrameRate = 1000;

}  // namespace

VideoReader::VideoReader(const VideoReaderOptions& options,
                         std::unique_ptr<Demuxer> demuxer,
                         std::unique_ptr<Decoder> decoder)
    : demuxer_(std::move(demuxer)),
      decoder_(std::move(decoder)),
      converter_(demuxer_->stream().orientation),
      ring_(options.ring),
      needs_keyframe_(options.start_at_keyframe) {
  if (ring_ != nullptr) ring_->StartSession(demuxer_->stream(), options.when_ring_is_full);
}

Result<std::unique_ptr<VideoReader>> VideoReader::Open(const VideoReaderOptions& options, IoWatch& watch) {
  Result<std::unique_ptr<Demuxer>> demuxer = Demuxer::Open(options.demuxer, watch);
  if (!demuxer.ok()) return demuxer.error();
  Result<std::unique_ptr<Decoder>> decoder = Decoder::Create((*demuxer)->stream(), options.decoder);
  if (!decoder.ok()) return decoder.error();
  return std::unique_ptr<VideoReader>(new VideoReader(options, std::move(demuxer).value(), std::move(decoder).value()));
}

void VideoReader::ReadPacket() {
  Result<std::optional<Packet>> packet = demuxer_->Read();
  if (packet.ok() && packet->has_value()) {
    if (needs_keyframe_ && !(*packet)->is_keyframe()) return;
    needs_keyframe_ = false;
    if (ring_ != nullptr) ring_->Push(**packet);
    decoder_->Send(**packet);
    return;
  }
  if (!packet.ok()) read_error_ = packet.error();
  ended_ = true;
  decoder_->SendEnd();
}

Result<std::optional<DecodedPicture>> VideoReader::Next() {
  while (true) {
    if (std::optional<DecodedPicture> picture = decoder_->Receive()) return picture;
    if (ended_) break;
    ReadPacket();
  }
  if (read_error_) return *read_error_;
  return std::optional<DecodedPicture>();
}

void VideoReader::NoteTimes(const DecodedPicture& picture, Pts pts, UtcTime captured_at) {
  if (ring_ != nullptr && picture.timestamp) ring_->NotePicture(*picture.timestamp, pts, captured_at);
}

std::chrono::microseconds VideoReader::StepOf(const DecodedPicture& picture) const {
  if (picture.duration.count() > 0) return picture.duration;
  const double rate = stream().frame_rate;
  return rate > 0 && rate <= kHighestFrameRate ? FromSeconds(1 / rate) : kDefaultStep;
}

}  // namespace spotter::media
