// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/decoder.h"

#include <utility>

#include "spotter/media/av_handles.h"

namespace spotter::media {
namespace {

constexpr int kPixelsOf1080p = 1920 * 1088;
// A codec that fails this often without taking a packet is stuck.
constexpr int kMaxFailuresInARow = 64;

int ThreadCount(const VideoStream& stream, const DecoderOptions& options) {
  if (options.threads > 0) return options.threads;
  return stream.width * stream.height <= kPixelsOf1080p ? 1 : 2;
}

}  // namespace

struct Decoder::Impl {
  DecodedPicture Wrap(AvFramePtr frame);

  CodecContextPtr context;
  std::uint64_t corrupt = 0;
};

DecodedPicture Decoder::Impl::Wrap(AvFramePtr frame) {
  if (frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0) ++corrupt;
  DecodedPicture decoded;
  decoded.timestamp = ToMicroseconds(frame->best_effort_timestamp, context->pkt_timebase);
  if (frame->pkt_duration > 0)
    decoded.duration = ToMicroseconds(frame->pkt_duration, context->pkt_timebase).value_or(decoded.duration);
  decoded.picture = std::move(frame);
  return decoded;
}

Decoder::Decoder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Decoder::~Decoder() = default;
std::uint64_t Decoder::corrupt() const { return impl_->corrupt; }

Result<std::unique_ptr<Decoder>> Decoder::Create(const VideoStream& stream, const DecoderOptions& options) {
  QuietLibav();
  const AVCodec* codec = avcodec_find_decoder(stream.parameters->codec_id);
  if (codec == nullptr)
    return MakeError(ErrorCode::kUnreadable,
                     "the video is in the format \"{}\", which the installed FFmpeg cannot decode; convert it to H.264",
                     stream.codec);
  auto impl = std::make_unique<Impl>();
  impl->context.reset(avcodec_alloc_context3(codec));
  SPOTTER_CHECK(impl->context != nullptr);
  AVCodecContext* context = impl->context.get();
  if (const int copied = avcodec_parameters_to_context(context, stream.parameters.get()); copied < 0)
    return MakeError(ErrorCode::kUnreadable, "the video's header cannot be used: {}", AvErrorText(copied));
  context->pkt_timebase = AVRational{stream.time_base.numerator, stream.time_base.denominator};
  context->thread_count = ThreadCount(stream, options);
  context->thread_type = FF_THREAD_FRAME;
  if (options.fast) context->skip_loop_filter = AVDISCARD_NONREF;
  if (const int opened = avcodec_open2(context, codec, nullptr); opened < 0)
    return MakeError(ErrorCode::kUnreadable, "the {} video cannot be decoded: {}", stream.codec, AvErrorText(opened));
  return std::unique_ptr<Decoder>(new Decoder(std::move(impl)));
}

void Decoder::Send(const Packet& packet) {
  if (packet.is_corrupt()) {  // half a picture: what follows decodes as well without it
    ++impl_->corrupt;
    return;
  }
  if (avcodec_send_packet(impl_->context.get(), &packet.av()) < 0) ++impl_->corrupt;
}

void Decoder::SendEnd() { avcodec_send_packet(impl_->context.get(), nullptr); }

std::optional<DecodedPicture> Decoder::Receive() {
  for (int failures = 0; failures < kMaxFailuresInARow; ++failures) {
    AvFramePtr frame = NewAvFrame();
    const int received = avcodec_receive_frame(impl_->context.get(), frame.get());
    if (received == AVERROR(EAGAIN) || received == AVERROR_EOF) return std::nullopt;
    if (received >= 0) return impl_->Wrap(std::move(frame));
    ++impl_->corrupt;
  }
  return std::nullopt;
}

}  // namespace spotter::media
