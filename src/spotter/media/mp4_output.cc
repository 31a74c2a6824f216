// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/mp4_output.h"

#include <algorithm>

#include "spotter/base/check.h"
#include "spotter/base/utc.h"

namespace spotter::media {

void Mp4Output::ContextDeleter::operator()(AVFormatContext* context) const {
  avio_closep(&context->pb);
  avformat_free_context(context);
}

Result<std::unique_ptr<Mp4Output>> Mp4Output::Create(OutputFile file, const Mp4Options& options) {
  std::unique_ptr<Mp4Output> output(new Mp4Output(std::move(file), options.time_base));
  if (Result<void> opened = output->Open(options); !opened.ok()) return opened.error();
  return output;
}

Result<void> Mp4Output::Open(const Mp4Options& options) {
  AVFormatContext* context = nullptr;
  const std::string place = "file:" + file_.part_path();
  SPOTTER_CHECK(avformat_alloc_output_context2(&context, nullptr, "mp4", place.c_str()) >= 0);
  context_.reset(context);
  AVStream* stream = avformat_new_stream(context, nullptr);
  SPOTTER_CHECK(stream != nullptr && avcodec_parameters_copy(stream->codecpar, options.parameters) >= 0);
  stream->time_base = options.time_base;
  stream->avg_frame_rate = options.frame_rate;
  if (!options.orientation.is_identity()) {
    const std::array<std::int32_t, 9> matrix = DisplayMatrixOf(options.orientation);
    std::uint8_t* data = av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, sizeof(matrix));
    SPOTTER_CHECK(data != nullptr);
    std::copy_n(reinterpret_cast<const std::uint8_t*>(matrix.data()), sizeof(matrix), data);
  }
  if (options.creation_time)
    av_dict_set(&context->metadata, "creation_time", FormatUtc(*options.creation_time).c_str(), 0);
  if (const int opened = avio_open(&context->pb, place.c_str(), AVIO_FLAG_WRITE); opened < 0)
    return WriteErrorOf(opened);
  AVDictionary* muxer_options = nullptr;
  av_dict_set(&muxer_options, "movflags", "+faststart", 0);
  av_dict_set_int(&muxer_options, "movie_timescale", options.movie_ticks_per_s, 0);
  const int begun = avformat_write_header(context, &muxer_options);
  av_dict_free(&muxer_options);
  if (begun < 0) return WriteErrorOf(begun);
  return {};
}

Result<void> Mp4Output::Write(AVPacket& packet) {
  av_packet_rescale_ts(&packet, time_base_, context_->streams[0]->time_base);
  packet.stream_index = 0;
  if (const int written = av_interleaved_write_frame(context_.get(), &packet); written < 0)
    return WriteErrorOf(written);
  if (context_->pb->error < 0) return WriteErrorOf(context_->pb->error);
  return {};
}

Result<void> Mp4Output::Close() {
  if (const int written = av_write_trailer(context_.get()); written < 0) return WriteErrorOf(written);
  avio_flush(context_->pb);
  if (context_->pb->error < 0) return WriteErrorOf(context_->pb->error);
  if (const int closed = avio_closep(&context_->pb); closed < 0) return WriteErrorOf(closed);
  return {};
}

}  // namespace spotter::media
