// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/jpeg.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "spotter/base/check.h"
#include "spotter/base/output_file.h"
#include "spotter/media/av_handles.h"

namespace spotter::media {
namespace {

constexpr int kQuality = 4;           // libav's scale: 2 = best, 31 = worst; 4 is about 90 % of other programs
constexpr std::size_t kOverrun = 96;  // bytes

// Pixels of somebody else, in one of libav's forms.
struct Source {
  AVPixelFormat format;
  int width;
  int height;
  std::array<const std::uint8_t*, 4> planes{};
  std::array<int, 4> strides{};
  int color_matrix = SWS_CS_ITU601;
  bool full_range = true;
};

Source SourceOf(const Frame& frame) {
  Source source = {.format = AV_PIX_FMT_YUV420P, .width = frame.width, .height = frame.height};
  for (std::size_t i = 0; i < frame.planes.size(); ++i) {
    source.planes[i] = frame.planes[i].data;
    source.strides[i] = frame.planes[i].stride;
  }
  source.color_matrix = frame.color_matrix == ColorMatrix::kBt709 ? SWS_CS_ITU709 : SWS_CS_ITU601;
  source.full_range = frame.full_range;
  return source;
}

// JPEG's form of YUV (BT.601, full range), scaled.
Result<AvFramePtr> ToJpegForm(const Source& source, int width, int height) {
  AvFramePtr frame = NewAvFrame();
  frame->format = AV_PIX_FMT_YUVJ420P;
  frame->width = width;
  frame->height = height;
  frame->quality = kQuality * FF_QP2LAMBDA;
  SPOTTER_CHECK(av_frame_get_buffer(frame.get(), 0) >= 0);
  const SwsContextPtr sws(sws_getContext(source.width, source.height, source.format, width, height, AV_PIX_FMT_YUV420P,
                                         SWS_AREA, nullptr, nullptr, nullptr));
  if (sws == nullptr)
    return MakeError(ErrorCode::kInternal, "a picture of {} x {} pixels cannot be scaled", source.width, source.height);
  sws_setColorspaceDetails(sws.get(), sws_getCoefficients(source.color_matrix), source.full_range ? 1 : 0,
                           sws_getCoefficients(SWS_CS_ITU601), 1, 0, 1 << 16, 1 << 16);
  sws_scale(sws.get(), source.planes.data(), source.strides.data(), 0, source.height, frame->data, frame->linesize);
  return frame;
}

Result<AvPacketPtr> Compress(const AVFrame& frame) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  if (codec == nullptr)
    return MakeError(ErrorCode::kUnavailable, "the installed FFmpeg cannot write JPEG pictures; install libavcodec59");
  const CodecContextPtr context(avcodec_alloc_context3(codec));
  SPOTTER_CHECK(context != nullptr);
  context->width = frame.width;
  context->height = frame.height;
  context->pix_fmt = AV_PIX_FMT_YUVJ420P;
  context->color_range = AVCOL_RANGE_JPEG;
  context->time_base = {1, 1};
  context->flags |= AV_CODEC_FLAG_QSCALE;
  context->global_quality = frame.quality;
  context->thread_count = 1;
  AvPacketPtr packet = NewAvPacket();
  int done = avcodec_open2(context.get(), codec, nullptr);
  if (done >= 0) done = avcodec_send_frame(context.get(), &frame);
  if (done >= 0) done = avcodec_receive_packet(context.get(), packet.get());
  if (done < 0) return MakeError(ErrorCode::kInternal, "a JPEG picture could not be made: {}", AvErrorText(done));
  return packet;
}

Result<std::string> Encode(const Source& source, int max_width) {
  QuietLibav();
  const int width = std::min(source.width, max_width);
  const int height = std::max(1, source.height * width / source.width);
  const Result<AvFramePtr> picture = ToJpegForm(source, width, height);
  if (!picture.ok()) return picture.error();
  const Result<AvPacketPtr> packet = Compress(**picture);
  if (!packet.ok()) return packet.error();
  const AVPacket& jpeg = **packet;
  return std::string(reinterpret_cast<const char*>(jpeg.data), static_cast<std::size_t>(jpeg.size));
}

Result<void> Write(const std::string& path, const Source& source, int max_width) {
  const Result<std::string> jpeg = Encode(source, max_width);
  return jpeg.ok() ? WriteWholeFile(path, *jpeg) : Result<void>(jpeg.error());
}

}  // namespace

Result<std::string> EncodeJpeg(const Frame& frame, int max_width) { return Encode(SourceOf(frame), max_width); }

Result<void> WriteJpeg(const std::string& path, const Frame& frame, int max_width) {
  return Write(path, SourceOf(frame), max_width);
}

Result<void> WriteJpeg(const std::string& path, const BgrPicture& picture) {
  // libswscale reads whole blocks of pixels, so beyond the last row: copied into memory with room there.
  const auto row_bytes = static_cast<std::size_t>(picture.width) * 3;
  std::vector<std::uint8_t> pixels(row_bytes * static_cast<std::size_t>(picture.height) + kOverrun);
  for (int y = 0; y < picture.height; ++y) {
    std::memcpy(pixels.data() + row_bytes * static_cast<std::size_t>(y),
                picture.data + std::ptrdiff_t{picture.stride} * y, row_bytes);
  }
  return Write(path,
               {.format = AV_PIX_FMT_BGR24,
                .width = picture.width,
                .height = picture.height,
                .planes = {pixels.data()},
                .strides = {static_cast<int>(row_bytes)}},
               picture.width);
}

}  // namespace spotter::media
