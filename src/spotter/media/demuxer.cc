// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/demuxer.h"

#include <thread>
#include <utility>

#include "spotter/base/utc.h"
#include "spotter/media/av_handles.h"
#include "spotter/media/camera_device.h"
#include "spotter/media/open_errors.h"
#include "spotter/media/url.h"

namespace spotter::media {

struct Demuxer::Impl {
  Impl(std::string display_name, IoWatch& io_watch) : name(std::move(display_name)), watch(io_watch) {}
  ~Impl() { avformat_close_input(&context); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  const std::string name;  // without password
  IoWatch& watch;
  AVFormatContext* context = nullptr;
  int stream_index = -1;
  VideoStream stream;
};

namespace {

// libav would watch a camera for 20 frames to guess its rate, which nothing here depends on.
constexpr int kLiveProbeFrames = 3;
// How often a camera without a picture is asked again.
constexpr std::chrono::milliseconds kDevicePoll{2};

int IsExpired(void* watch) { return static_cast<const IoWatch*>(watch)->expired() ? 1 : 0; }

// libav's dictionary of options.
class OpenOptions {
 public:
  explicit OpenOptions(UrlKind kind) {
    if (kind != UrlKind::kRtsp) return;
    // UDP loses packets and with them the first pictures; audio would only make libav wait for its first sample.
    av_dict_set(&entries_, "rtsp_transport", "tcp", 0);
    av_dict_set(&entries_, "allowed_media_types", "video", 0);
  }
  ~OpenOptions() { av_dict_free(&entries_); }
  OpenOptions(const OpenOptions&) = delete;
  OpenOptions& operator=(const OpenOptions&) = delete;
  AVDictionary** get() { return &entries_; }

 private:
  AVDictionary* entries_ = nullptr;
};

// Text files pass for "text art" videos, and music for its cover picture; neither is what anybody means.
bool IsRealVideo(const AVStream& stream) {
  if (stream.codecpar->codec_type != AVMEDIA_TYPE_VIDEO) return false;
  if ((stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) return false;
  const AVCodecID codec = stream.codecpar->codec_id;
  return codec != AV_CODEC_ID_ANSI && codec != AV_CODEC_ID_BINTEXT && codec != AV_CODEC_ID_XBIN &&
         codec != AV_CODEC_ID_IDF;
}

int FindVideoStream(AVFormatContext* context) {
  const int best = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (best >= 0 && IsRealVideo(*context->streams[best])) return best;
  for (unsigned i = 0; i < context->nb_streams; ++i) {
    if (IsRealVideo(*context->streams[i])) return static_cast<int>(i);
  }
  return -1;
}

Orientation OrientationOf(const AVStream& stream) {
  std::size_t size = 0;
  const std::uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  if (data == nullptr || size < 9 * sizeof(std::int32_t)) return {};
  return OrientationFromDisplayMatrix(std::span<const std::int32_t, 9>(reinterpret_cast<const std::int32_t*>(data), 9));
}

std::shared_ptr<const AVCodecParameters> CopyParameters(const AVCodecParameters& source) {
  std::shared_ptr<AVCodecParameters> copy(avcodec_parameters_alloc(),
                                          [](AVCodecParameters* p) { avcodec_parameters_free(&p); });
  SPOTTER_CHECK(copy != nullptr && avcodec_parameters_copy(copy.get(), &source) >= 0);
  return copy;
}

std::optional<UtcTime> CreationTimeOf(const AVFormatContext& context) {
  const AVDictionaryEntry* entry = av_dict_get(context.metadata, "creation_time", nullptr, 0);
  return entry == nullptr ? std::nullopt : ParseUtc(entry->value);
}

VideoStream Describe(AVFormatContext* context, AVStream* av_stream) {
  VideoStream stream;
  stream.codec = avcodec_get_name(av_stream->codecpar->codec_id);
  stream.container = context->iformat->name;
  stream.orientation = OrientationOf(*av_stream);
  stream.time_base = {av_stream->time_base.num, av_stream->time_base.den};
  stream.width = av_stream->codecpar->width;
  stream.height = av_stream->codecpar->height;
  if (stream.orientation.transpose) std::swap(stream.width, stream.height);
  const AVRational rate = av_guess_frame_rate(context, av_stream, nullptr);
  if (rate.num > 0 && rate.den > 0) stream.frame_rate = av_q2d(rate);
  stream.duration = ToMicroseconds(av_stream->duration, av_stream->time_base);
  if (!stream.duration) stream.duration = ToMicroseconds(context->duration, AVRational{1, AV_TIME_BASE});
  stream.duration_is_estimate = context->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE;
  stream.creation_time = CreationTimeOf(*context);
  stream.parameters = CopyParameters(*av_stream->codecpar);
  return stream;
}

void SetTimeout(IoWatch& watch, std::chrono::milliseconds timeout) {
  watch.SetDeadline(IoWatch::Clock::now() + timeout);
}

Error ExpiredError(const std::string& name, const IoWatch& watch, std::chrono::milliseconds timeout) {
  if (watch.stopped()) return MakeError(ErrorCode::kUnavailable, "{}: stopped", name);
  return MakeError(ErrorCode::kUnavailable,
                   "{} gives no answer within {:.0f} s; check the address, and that the camera is on and connected",
                   name, std::chrono::duration<double>(timeout).count());
}

// Connects, or opens the file, and reads its header.
Result<void> OpenInput(AVFormatContext** context, const DemuxerOptions& options, IoWatch& watch) {
  const UrlKind kind = KindOf(options.url);
  const AVInputFormat* format = nullptr;  // libav finds out
  if (kind == UrlKind::kDevice) {
    Result<const AVInputFormat*> device = CameraDeviceFormat();
    if (!device.ok()) return device.error();
    format = *device;
  }
  *context = avformat_alloc_context();
  SPOTTER_CHECK(*context != nullptr);
  (*context)->interrupt_callback = {IsExpired, &watch};
  // A camera's driver would block where nothing can interrupt it.
  if (kind == UrlKind::kDevice) (*context)->flags |= AVFMT_FLAG_NONBLOCK;
  OpenOptions open_options(kind);
  SetTimeout(watch, options.connect_timeout);
  const std::string place = kind == UrlKind::kFile ? "file:" + options.url : options.url;
  const int opened = avformat_open_input(context, place.c_str(), format, open_options.get());
  if (opened >= 0) return {};
  if (watch.expired()) return ExpiredError(RedactUrl(options.url), watch, options.connect_timeout);
  return OpenError(options.url, opened);
}

}  // namespace

Demuxer::Demuxer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Demuxer::~Demuxer() = default;
const VideoStream& Demuxer::stream() const { return impl_->stream; }

Result<std::unique_ptr<Demuxer>> Demuxer::Open(const DemuxerOptions& options, IoWatch& watch) {
  QuietLibav();
  if (Result<void> place = CheckPlace(options.url); !place.ok()) return place.error();
  auto impl = std::make_unique<Impl>(RedactUrl(options.url), watch);
  if (Result<void> opened = OpenInput(&impl->context, options, watch); !opened.ok()) return opened.error();
  const UrlKind kind = KindOf(options.url);
  if (kind == UrlKind::kRtsp || kind == UrlKind::kDevice) impl->context->fps_probe_size = kLiveProbeFrames;
  SetTimeout(watch, options.analyse_timeout);
  const int found = avformat_find_stream_info(impl->context, nullptr);
  if (watch.expired()) return ExpiredError(impl->name, watch, options.analyse_timeout);
  watch.ClearDeadline();
  if (found < 0) return OpenError(options.url, found);
  impl->stream_index = FindVideoStream(impl->context);
  if (impl->stream_index < 0)
    return MakeError(ErrorCode::kUnreadable, "{} has no video in it; name a file or stream that has pictures",
                     impl->name);
  for (unsigned i = 0; i < impl->context->nb_streams; ++i) {
    if (static_cast<int>(i) != impl->stream_index) impl->context->streams[i]->discard = AVDISCARD_ALL;
  }
  impl->stream = Describe(impl->context, impl->context->streams[impl->stream_index]);
  return std::unique_ptr<Demuxer>(new Demuxer(std::move(impl)));
}

Result<std::optional<Packet>> Demuxer::Read() {
  while (true) {
    AvPacketPtr packet = NewAvPacket();
    const int read = av_read_frame(impl_->context, packet.get());
    if (impl_->watch.expired())
      return MakeError(ErrorCode::kUnavailable, "{}: {}", impl_->name,
                       impl_->watch.stopped() ? "stopped" : "no picture arrived in time");
    if (read == AVERROR_EOF) return std::optional<Packet>();
    if (read == AVERROR(EAGAIN)) {
      std::this_thread::sleep_for(kDevicePoll);
      continue;
    }
    if (read < 0) return MakeError(ErrorCode::kUnreadable, "{}: {}", impl_->name, AvErrorText(read));
    if (packet->stream_index != impl_->stream_index) continue;
    packet->time_base = impl_->context->streams[impl_->stream_index]->time_base;
    return std::optional<Packet>(Packet(std::shared_ptr<const AVPacket>(std::move(packet))));
  }
}

}  // namespace spotter::media
