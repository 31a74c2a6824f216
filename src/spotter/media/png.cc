// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/png.h"

#include <memory>

#include "spotter/media/av_handles.h"

namespace spotter::media {
namespace {

AvFramePtr ToRgb(const BgrPicture& picture) {
  AvFramePtr frame = NewAvFrame();
  frame->format = AV_PIX_FMT_RGB24;
  frame->width = picture.width;
  frame->height = picture.height;
  SPOTTER_CHECK(av_frame_get_buffer(frame.get(), 0) >= 0);
  for (int y = 0; y < picture.height; ++y) {
    const std::uint8_t* from = picture.data + std::ptrdiff_t{picture.stride} * y;
    std::uint8_t* to = frame->data[0] + std::ptrdiff_t{frame->linesize[0]} * y;
    for (int x = 0; x < picture.width; ++x, from += 3, to += 3) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  }
  return frame;
}

Result<AvPacketPtr> EncodePng(const AVFrame& frame) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
  if (codec == nullptr)
    return MakeError(ErrorCode::kUnavailable, "the installed FFmpeg cannot write PNG pictures; install libavcodec59");
  const CodecContextPtr context(avcodec_alloc_context3(codec));
  SPOTTER_CHECK(context != nullptr);
  context->width = frame.width;
  context->height = frame.height;
  context->pix_fmt = AV_PIX_FMT_RGB24;
  context->time_base = {1, 1};
  AvPacketPtr packet = NewAvPacket();
  int done = avcodec_open2(context.get(), codec, nullptr);
  if (done >= 0) done = avcodec_send_frame(context.get(), &frame);
  if (done >= 0) done = avcodec_receive_packet(context.get(), packet.get());
  if (done < 0) return MakeError(ErrorCode::kInternal, "a PNG picture could not be made: {}", AvErrorText(done));
  return packet;
}

}  // namespace

Result<void> WritePng(OutputFile file, const BgrPicture& picture) {
  QuietLibav();
  Result<AvPacketPtr> packet = EncodePng(*ToRgb(picture));
  if (!packet.ok()) return packet.error();
  const auto size = static_cast<std::size_t>((*packet)->size);
  if (Result<void> written = file.Write({reinterpret_cast<const char*>((*packet)->data), size}); !written.ok())
    return written;
  return file.Commit();
}

}  // namespace spotter::media
