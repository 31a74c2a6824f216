// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/testing/play_file.h"

#include <memory>
#include <optional>
#include <span>

#include "spotter/base/check.h"
#include "spotter/base/crc32.h"
#include "spotter/media/av_handles.h"
#include "spotter/media/video_reader.h"

namespace spotter::media::testing {
namespace {

ShownPicture Look(const DecodedPicture& decoded) {
  const AVFrame& picture = *decoded.picture;
  std::uint32_t sum = 0;
  for (int y = 0; y < picture.height; ++y) {
    const std::uint8_t* row = picture.data[0] + std::ptrdiff_t{picture.linesize[0]} * y;
    sum = sum * 31 + Crc32(std::as_bytes(std::span(row, static_cast<std::size_t>(picture.width))));
  }
  return {*decoded.timestamp, sum};
}

}  // namespace

std::vector<ShownPicture> PlayFile(const std::string& path) {
  IoWatch watch;
  const Result<std::unique_ptr<VideoReader>> reader =
      VideoReader::Open({.demuxer = {.url = path}, .decoder = {}}, watch);
  SPOTTER_CHECK(reader.ok());
  std::vector<ShownPicture> shown;
  for (auto picture = (*reader)->Next(); picture.ok() && picture->has_value(); picture = (*reader)->Next())
    shown.push_back(Look(**picture));
  SPOTTER_CHECK((*reader)->corrupt() == 0);
  return shown;
}

std::vector<StoredPacket> ReadPackets(const std::string& path) {
  QuietLibav();
  AVFormatContext* context = nullptr;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "ignore_editlist", "1", 0);
  SPOTTER_CHECK(avformat_open_input(&context, path.c_str(), nullptr, &options) >= 0);
  av_dict_free(&options);
  std::vector<StoredPacket> packets;
  const AvPacketPtr packet = NewAvPacket();
  while (av_read_frame(context, packet.get()) >= 0) {
    packets.push_back({std::string(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size)),
                       ToMicroseconds(packet->pts, context->streams[packet->stream_index]->time_base)
                           .value_or(std::chrono::microseconds{0}),
                       (packet->flags & AV_PKT_FLAG_KEY) != 0});
    av_packet_unref(packet.get());
  }
  avformat_close_input(&context);
  return packets;
}

}  // namespace spotter::media::testing
