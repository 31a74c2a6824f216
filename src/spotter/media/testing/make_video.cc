// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/testing/make_video.h"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

#include "spotter/base/check.h"
#include "spotter/media/av_handles.h"

// What the sanitizers report about other people's libraries: libx265 (used by tests only) keeps a few bytes to the end
// of the program, and ThreadSanitizer does not see the atomic reference counts inside libavutil.
// NOLINTBEGIN(bugprone-reserved-identifier): the sanitizers' names
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libx265"; }
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() { return "race:av_buffer_unref"; }
// NOLINTEND(bugprone-reserved-identifier)

namespace spotter::media::testing {
namespace {

constexpr AVRational kMilliseconds = {1, 1000};
constexpr int kFirstNumber = 20;  // brightness of frame 0
constexpr int kNumberStep = 4;

// A container that is being written.
class Output {
 public:
  explicit Output(const std::string& path) {
    SPOTTER_CHECK(avformat_alloc_output_context2(&context_, nullptr, nullptr, path.c_str()) >= 0);
    SPOTTER_CHECK(avio_open(&context_->pb, path.c_str(), AVIO_FLAG_WRITE) >= 0);
  }
  ~Output() {
    if (has_begun_) SPOTTER_CHECK(av_write_trailer(context_) >= 0);
    avio_closep(&context_->pb);
    avformat_free_context(context_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  AVFormatContext* context() { return context_; }
  bool wants_global_header() const { return (context_->oformat->flags & AVFMT_GLOBALHEADER) != 0; }

  AVStream* AddStream(const AVCodecContext& encoder) {
    AVStream* stream = avformat_new_stream(context_, nullptr);
    SPOTTER_CHECK(avcodec_parameters_from_context(stream->codecpar, &encoder) >= 0);
    stream->time_base = encoder.time_base;
    stream->avg_frame_rate = encoder.framerate;
    return stream;
  }
  void Begin(bool faststart = false) {
    AVDictionary* options = nullptr;
    if (faststart) av_dict_set(&options, "movflags", "+faststart", 0);
    SPOTTER_CHECK(avformat_write_header(context_, &options) >= 0);
    av_dict_free(&options);
    has_begun_ = true;
  }

  void Encode(AVCodecContext* encoder, const AVFrame* frame) {
    SPOTTER_CHECK(avcodec_send_frame(encoder, frame) >= 0);
    const AvPacketPtr packet = NewAvPacket();
    while (avcodec_receive_packet(encoder, packet.get()) >= 0) {
      av_packet_rescale_ts(packet.get(), encoder->time_base, context_->streams[0]->time_base);
      SPOTTER_CHECK(av_interleaved_write_frame(context_, packet.get()) >= 0);
    }
  }

 private:
  AVFormatContext* context_ = nullptr;
  bool has_begun_ = false;
};

// Fills a rectangle of an I420 picture with grey of the given brightness.
void FillRect(AVFrame& frame, std::array<int, 4> x_y_w_h, int brightness) {
  const auto [x, y, w, h] = x_y_w_h;
  for (int row = y; row < y + h; ++row) {
    std::memset(frame.data[0] + std::ptrdiff_t{frame.linesize[0]} * row + x, brightness, static_cast<std::size_t>(w));
  }
}

AvFramePtr Draw(int width, int height, int number) {
  AvFramePtr frame = NewAvFrame();
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = width;
  frame->height = height;
  SPOTTER_CHECK(av_frame_get_buffer(frame.get(), 0) >= 0);
  const int w = width / 2;
  const int h = height / 2;
  FillRect(*frame, {0, 0, w, h}, kQuadrants[0]);
  FillRect(*frame, {w, 0, width - w, h}, kQuadrants[1]);
  FillRect(*frame, {0, h, w, height - h}, kQuadrants[2]);
  FillRect(*frame, {w, h, width - w, height - h}, kQuadrants[3]);
  FillRect(*frame, {w - w / 2, h - h / 2, w / 2 * 2, h / 2 * 2}, kFirstNumber + kNumberStep * number);
  for (int plane = 1; plane < 3; ++plane) {
    std::memset(frame->data[plane], 128,
                static_cast<std::size_t>(frame->linesize[plane]) * static_cast<std::size_t>((height + 1) / 2));
  }
  return frame;
}

AvFramePtr ConvertTo(AVPixelFormat format, AvFramePtr drawn) {
  if (format == AV_PIX_FMT_YUV420P) return drawn;
  AvFramePtr frame = NewAvFrame();
  frame->format = format;
  frame->width = drawn->width;
  frame->height = drawn->height;
  SPOTTER_CHECK(av_frame_get_buffer(frame.get(), 0) >= 0);
  const SwsContextPtr sws(sws_getContext(drawn->width, drawn->height, AV_PIX_FMT_YUV420P, drawn->width, drawn->height,
                                         format, SWS_BILINEAR, nullptr, nullptr, nullptr));
  sws_scale(sws.get(), drawn->data, drawn->linesize, 0, drawn->height, frame->data, frame->linesize);
  return frame;
}

CodecContextPtr OpenEncoder(const VideoSpec& spec, bool global_header) {
  const AVCodec* codec = avcodec_find_encoder_by_name(spec.codec.c_str());
  if (codec == nullptr) return nullptr;
  CodecContextPtr encoder(avcodec_alloc_context3(codec));
  encoder->width = spec.width;
  encoder->height = spec.height;
  encoder->pix_fmt = av_get_pix_fmt(spec.pixel_format.c_str());
  // MPEG-4 refuses a fine clock; the others need it for uneven times.
  encoder->time_base = spec.times_ms.empty() ? AVRational{1, spec.frame_rate} : kMilliseconds;
  encoder->framerate = {spec.frame_rate, 1};
  encoder->gop_size = spec.keyframe_every;
  encoder->max_b_frames = spec.b_frames;
  encoder->bit_rate = 2'000'000;
  encoder->thread_count = 1;
  encoder->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
  if (global_header) encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "preset", "veryfast", 0);
  if (spec.codec == "libx265") av_dict_set(&options, "x265-params", "log-level=none", 0);
  const int opened = avcodec_open2(encoder.get(), codec, &options);
  av_dict_free(&options);
  return opened < 0 ? nullptr : std::move(encoder);
}

void SetRotation(AVStream* stream, int degrees) {
  auto* matrix = reinterpret_cast<std::int32_t*>(
      av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t)));
  SPOTTER_CHECK(matrix != nullptr);
  av_display_rotation_set(matrix, degrees);
}

int MeanAround(const Frame& frame, int x, int y) {
  int sum = 0;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx)
      sum += frame.planes[0].data[std::ptrdiff_t{frame.planes[0].stride} * (y + dy) + x + dx];
  }
  return sum / 9;
}

}  // namespace

bool MakeVideo(const VideoSpec& spec) {
  QuietLibav();
  Output output(spec.path);
  const CodecContextPtr encoder = OpenEncoder(spec, output.wants_global_header());
  if (encoder == nullptr) return false;
  AVStream* stream = output.AddStream(*encoder);
  if (spec.rotation_deg) SetRotation(stream, *spec.rotation_deg);
  if (spec.creation_time) av_dict_set(&output.context()->metadata, "creation_time", spec.creation_time->c_str(), 0);
  output.Begin(spec.faststart);
  for (int i = 0; i < spec.frames; ++i) {
    AvFramePtr frame = ConvertTo(encoder->pix_fmt, Draw(spec.width, spec.height, i));
    frame->pts = spec.times_ms.empty() ? i : spec.times_ms[static_cast<std::size_t>(i)];
    output.Encode(encoder.get(), frame.get());
  }
  output.Encode(encoder.get(), nullptr);
  return true;
}

void MakeAudio(const std::string& path) {
  QuietLibav();
  Output output(path);
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
  SPOTTER_CHECK(codec != nullptr);
  const CodecContextPtr encoder(avcodec_alloc_context3(codec));
  encoder->sample_rate = 16'000;
  encoder->sample_fmt = AV_SAMPLE_FMT_FLTP;
  encoder->time_base = {1, encoder->sample_rate};
  av_channel_layout_default(&encoder->ch_layout, 1);
  encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  SPOTTER_CHECK(avcodec_open2(encoder.get(), codec, nullptr) >= 0);
  output.AddStream(*encoder);
  output.Begin();
  for (int i = 0; i < 8; ++i) {
    const AvFramePtr frame = NewAvFrame();
    frame->format = encoder->sample_fmt;
    frame->nb_samples = encoder->frame_size;
    frame->pts = std::int64_t{i} * encoder->frame_size;
    SPOTTER_CHECK(av_channel_layout_copy(&frame->ch_layout, &encoder->ch_layout) >= 0);
    SPOTTER_CHECK(av_frame_get_buffer(frame.get(), 0) >= 0);
    std::memset(frame->data[0], 0, static_cast<std::size_t>(frame->linesize[0]));
    output.Encode(encoder.get(), frame.get());
  }
  output.Encode(encoder.get(), nullptr);
}

int NumberOf(const Frame& frame) {
  const int brightness = MeanAround(frame, frame.width / 2, frame.height / 2);
  return (brightness - kFirstNumber + kNumberStep / 2) / kNumberStep;
}

std::array<int, 4> QuadrantsOf(const Frame& frame) {
  const int x = frame.width / 8;
  const int y = frame.height / 8;
  const int right = frame.width - 1 - x;
  const int bottom = frame.height - 1 - y;
  return {MeanAround(frame, x, y), MeanAround(frame, right, y), MeanAround(frame, x, bottom),
          MeanAround(frame, right, bottom)};
}

}  // namespace spotter::media::testing
