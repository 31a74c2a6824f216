// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/video_writer.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

extern "C" {
#include <libavutil/opt.h>
}

#include "spotter/base/output_file.h"
#include "spotter/media/av_handles.h"
#include "spotter/media/mp4_output.h"

namespace spotter::media {
namespace {

// The usual clock of video: exact for 24, 25, 29.97, 30, 50 and 60 pictures a second, 11 us else.
constexpr AVRational kTimeBase = {1, 90'000};
constexpr AVRational kMicroseconds = {1, 1'000'000};
constexpr double kDefaultFrameRate = 30;
constexpr double kSecondsBetweenKeyframes = 4;
constexpr std::size_t kOverrun = 96;  // bytes that libswscale may read behind a row
constexpr int kHighestFrameRateDenominator = 1'001'000;

int Even(int size) { return (size + 1) / 2 * 2; }

bool IsHighDefinition(int height) { return height >= 720; }

Result<CodecContextPtr> OpenEncoder(const VideoWriterOptions& options) {
  const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
  if (codec == nullptr)
    return MakeError(ErrorCode::kUnavailable,
                     "the installed FFmpeg has no H.264 encoder (libx264); install libavcodec59");
  CodecContextPtr context(avcodec_alloc_context3(codec));
  SPOTTER_CHECK(context != nullptr);
  const double rate = options.frame_rate > 0 ? options.frame_rate : kDefaultFrameRate;
  const bool hd = IsHighDefinition(options.height);
  context->width = Even(options.width);
  context->height = Even(options.height);
  context->pix_fmt = AV_PIX_FMT_YUV420P;
  context->time_base = kTimeBase;
  context->framerate = av_d2q(rate, kHighestFrameRateDenominator);
  context->gop_size = std::max(1, static_cast<int>(rate * kSecondsBetweenKeyframes));
  context->thread_count = options.threads;
  context->thread_type = FF_THREAD_SLICE;  // a fifth less memory than frame threads
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  context->color_range = AVCOL_RANGE_MPEG;
  context->colorspace = hd ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  context->color_primaries = hd ? AVCOL_PRI_BT709 : AVCOL_PRI_SMPTE170M;
  context->color_trc = hd ? AVCOL_TRC_BT709 : AVCOL_TRC_SMPTE170M;
  av_opt_set(context->priv_data, "preset", options.preset.c_str(), 0);
  av_opt_set_double(context->priv_data, "crf", options.quality, 0);
  if (const int opened = avcodec_open2(context.get(), codec, nullptr); opened < 0)
    return MakeError(ErrorCode::kInternal, "the H.264 encoder refuses {} x {} pictures: {}", options.width,
                     options.height, AvErrorText(opened));
  return context;
}

Result<void> CheckOptions(const VideoWriterOptions& options) {
  if (!options.path.ends_with(".mp4"))
    return MakeError(ErrorCode::kInvalidArgument, "{}: the video is written as MP4; let the name end in .mp4",
                     options.path);
  if (options.width < 1 || options.height < 1)
    return MakeError(ErrorCode::kInvalidArgument, "{}: a video of {} x {} pixels cannot be written", options.path,
                     options.width, options.height);
  return {};
}

Result<OutputFile> CreateFile(const std::string& path) {
  Result<OutputFile> file = OutputFile::Create(path);
  if (file.ok() && !file->is_regular())
    return MakeError(ErrorCode::kUnwritable,
                     "{} is a pipe or device; an MP4's index is written last and put first, which needs a file", path);
  return file;
}

// The picture with even sides, its last column and row doubled where needed, and with room behind the last row:
// libswscale reads whole blocks of pixels.
BgrPicture CopyEven(const BgrPicture& picture, std::vector<std::uint8_t>& memory) {
  BgrPicture even{nullptr, Even(picture.width) * 3, Even(picture.width), Even(picture.height)};
  const auto row_bytes = static_cast<std::size_t>(picture.width) * 3;
  memory.resize(static_cast<std::size_t>(even.stride) * static_cast<std::size_t>(even.height) + kOverrun);
  for (int y = 0; y < even.height; ++y) {
    std::uint8_t* row = memory.data() + std::ptrdiff_t{even.stride} * y;
    std::memcpy(row, picture.data + std::ptrdiff_t{picture.stride} * std::min(y, picture.height - 1), row_bytes);
    if (even.width > picture.width) std::memcpy(row + row_bytes, row + row_bytes - 3, 3);
  }
  even.data = memory.data();
  return even;
}

}  // namespace

struct VideoWriter::Impl {
  explicit Impl(VideoWriterOptions writer_options) : options(std::move(writer_options)), frame(NewAvFrame()) {}
  Result<void> OpenOutput(OutputFile file);
  Result<void> Encode(const AVFrame* picture);
  void FillFrame(const BgrPicture& picture);

  const VideoWriterOptions options;
  CodecContextPtr encoder;
  std::unique_ptr<Mp4Output> output;
  AvFramePtr frame;
  SwsContextPtr sws;
  std::vector<std::uint8_t> even_memory;
  std::int64_t last_pts = AV_NOPTS_VALUE;  // in kTimeBase
  std::int64_t step = 0;                   // between the last two pictures
};

Result<void> VideoWriter::Impl::OpenOutput(OutputFile file) {
  ParametersPtr parameters(avcodec_parameters_alloc());
  SPOTTER_CHECK(parameters != nullptr && avcodec_parameters_from_context(parameters.get(), encoder.get()) >= 0);
  Mp4Options mp4;
  mp4.parameters = parameters.get();
  mp4.time_base = kTimeBase;
  mp4.frame_rate = encoder->framerate;
  Result<std::unique_ptr<Mp4Output>> opened = Mp4Output::Create(std::move(file), mp4);
  if (!opened.ok()) return opened.error();
  output = std::move(opened).value();
  return {};
}

void VideoWriter::Impl::FillFrame(const BgrPicture& picture) {
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = encoder->width;
  frame->height = encoder->height;
  const int ready =
      frame->buf[0] == nullptr ? av_frame_get_buffer(frame.get(), 0) : av_frame_make_writable(frame.get());
  SPOTTER_CHECK(ready >= 0);
  if (sws == nullptr) {
    sws.reset(sws_getContext(frame->width, frame->height, AV_PIX_FMT_BGR24, frame->width, frame->height,
                             AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
    SPOTTER_CHECK(sws != nullptr);
    const int* matrix = sws_getCoefficients(IsHighDefinition(options.height) ? SWS_CS_ITU709 : SWS_CS_ITU601);
    sws_setColorspaceDetails(sws.get(), matrix, 1, matrix, 0, 0, 1 << 16, 1 << 16);
  }
  const BgrPicture even = CopyEven(picture, even_memory);
  sws_scale(sws.get(), &even.data, &even.stride, 0, even.height, frame->data, frame->linesize);
}

Result<void> VideoWriter::Impl::Encode(const AVFrame* picture) {
  if (const int sent = avcodec_send_frame(encoder.get(), picture); sent < 0)
    return MakeError(ErrorCode::kInternal, "{}: a picture could not be encoded: {}", options.path, AvErrorText(sent));
  const AvPacketPtr packet = NewAvPacket();
  while (avcodec_receive_packet(encoder.get(), packet.get()) >= 0) {
    packet->duration = step;  // of the last picture; the others last until the next one
    if (Result<void> written = output->Write(*packet); !written.ok()) return written;
  }
  return {};
}

VideoWriter::VideoWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;
VideoWriter& VideoWriter::operator=(VideoWriter&&) noexcept = default;
VideoWriter::~VideoWriter() = default;

Result<VideoWriter> VideoWriter::Create(const VideoWriterOptions& options) {
  QuietLibav();
  if (Result<void> checked = CheckOptions(options); !checked.ok()) return checked.error();
  Result<OutputFile> file = CreateFile(options.path);
  if (!file.ok()) return file.error();
  auto impl = std::make_unique<Impl>(options);
  Result<CodecContextPtr> encoder = OpenEncoder(options);
  if (!encoder.ok()) return encoder.error();
  impl->encoder = std::move(encoder).value();
  if (Result<void> opened = impl->OpenOutput(std::move(file).value()); !opened.ok()) return opened.error();
  return VideoWriter(std::move(impl));
}

Result<void> VideoWriter::Write(const BgrPicture& picture, Pts pts) {
  SPOTTER_CHECK(picture.width == impl_->options.width && picture.height == impl_->options.height);
  impl_->FillFrame(picture);
  std::int64_t ticks = av_rescale_q(pts.count(), kMicroseconds, kTimeBase);
  if (impl_->last_pts != AV_NOPTS_VALUE) {
    ticks = std::max(ticks, impl_->last_pts + 1);  // closer together than the clock of the file can tell
    impl_->step = ticks - impl_->last_pts;
  }
  impl_->last_pts = ticks;
  impl_->frame->pts = ticks;
  return impl_->Encode(impl_->frame.get());
}

Result<void> VideoWriter::Finish() {
  if (Result<void> flushed = impl_->Encode(nullptr); !flushed.ok()) return flushed;
  if (Result<void> closed = impl_->output->Close(); !closed.ok()) return closed;
  return impl_->output->Commit();
}

}  // namespace spotter::media
