// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/remuxer.h"

#include <algorithm>
#include <memory>

#include "spotter/base/check.h"
#include "spotter/media/av_handles.h"
#include "spotter/media/mp4_edit_list.h"
#include "spotter/media/mp4_output.h"
#include "spotter/media/remux_times.h"

namespace spotter::media {
namespace {

ParametersPtr ForMp4(const AVCodecParameters& source) {
  ParametersPtr parameters(avcodec_parameters_alloc());
  SPOTTER_CHECK(parameters != nullptr && avcodec_parameters_copy(parameters.get(), &source) >= 0);
  parameters->codec_tag = source.codec_id == AV_CODEC_ID_HEVC ? MKTAG('h', 'v', 'c', '1') : 0;
  return parameters;
}

// A packet that shares the data, without what the demuxer hung on it.
AvPacketPtr Share(const AVPacket& source, const RemuxTimes::Stamp& stamp) {
  AvPacketPtr packet = NewAvPacket();
  packet->buf = av_buffer_ref(source.buf);
  SPOTTER_CHECK(packet->buf != nullptr);
  packet->data = source.data;
  packet->size = source.size;
  packet->flags = source.flags & AV_PKT_FLAG_KEY;
  packet->pts = stamp.pts;
  packet->dts = stamp.dts;
  return packet;
}

}  // namespace

std::optional<std::string> WhyNoMp4(const VideoStream& stream) {
  const AVCodecParameters& parameters = *stream.parameters;
  const AVOutputFormat* mp4 = av_guess_format("mp4", nullptr, nullptr);
  SPOTTER_CHECK(mp4 != nullptr);
  if (avformat_query_codec(mp4, parameters.codec_id, FF_COMPLIANCE_NORMAL) != 1)
    return fmt::format("an MP4 file cannot hold the camera's format \"{}\"; set the camera to H.264", stream.codec);
  const bool needs_header = parameters.codec_id == AV_CODEC_ID_H264 || parameters.codec_id == AV_CODEC_ID_HEVC;
  if (needs_header && parameters.extradata_size == 0)
    return "the camera did not send the parameters of its codec (SPS, PPS)";
  return std::nullopt;
}

bool PlaysInBrowsers(const VideoStream& stream) {
  const AVCodecParameters& parameters = *stream.parameters;
  const bool is_usual = parameters.format == AV_PIX_FMT_YUV420P || parameters.format == AV_PIX_FMT_YUVJ420P;
  return (parameters.codec_id == AV_CODEC_ID_H264 && is_usual) || parameters.codec_id == AV_CODEC_ID_VP9 ||
         parameters.codec_id == AV_CODEC_ID_AV1;
}

Result<void> Remux(const RemuxOptions& options, std::span<const TimedPacket> packets) {
  QuietLibav();
  const VideoStream& stream = *packets.front().stream;
  if (const std::optional<std::string> why = WhyNoMp4(stream)) return Error{ErrorCode::kUnavailable, *why};
  const RemuxTimes times = MakeRemuxTimes(packets, options.presentation);
  const ParametersPtr parameters = ForMp4(*stream.parameters);
  Result<OutputFile> file = OutputFile::Create(options.path);
  if (!file.ok()) return file.error();
  Result<std::unique_ptr<Mp4Output>> output =
      Mp4Output::Create(std::move(file).value(), {.parameters = parameters.get(),
                                                  .time_base = {1, times.ticks_per_s},
                                                  .frame_rate = av_d2q(stream.frame_rate, 1'001'000),
                                                  .movie_ticks_per_s = times.ticks_per_s,
                                                  .orientation = stream.orientation,
                                                  .creation_time = options.creation_time});
  if (!output.ok()) return output.error();
  for (std::size_t i = 0; i < packets.size(); ++i) {
    const AvPacketPtr packet = Share(packets[i].packet.av(), times.stamps[i]);
    // The last one lasts to the end; the others until the next.
    if (i + 1 == packets.size()) packet->duration = std::max<std::int64_t>(1, times.end - packet->pts);
    if (Result<void> written = (*output)->Write(*packet); !written.ok()) return written;
  }
  if (Result<void> closed = (*output)->Close(); !closed.ok()) return closed;
  if (Result<void> edited = SetPresentedLength((*output)->part_path(), times.end); !edited.ok()) return edited;
  return (*output)->Commit();
}

}  // namespace spotter::media
