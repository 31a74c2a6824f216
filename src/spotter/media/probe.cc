// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/probe.h"

#include <fmt/format.h>

extern "C" {
#include <libavutil/avutil.h>
}

#include "spotter/media/av_handles.h"

namespace spotter::media {

Result<VideoStream> Probe(const DemuxerOptions& options) {
  IoWatch watch;
  Result<std::unique_ptr<Demuxer>> demuxer = Demuxer::Open(options, watch);
  if (!demuxer.ok()) return demuxer.error();
  return (*demuxer)->stream();
}

std::vector<CodecSupport> ListCodecs() {
  std::vector<CodecSupport> codecs;
  for (const AVCodecID id : {AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9, AV_CODEC_ID_AV1,
                             AV_CODEC_ID_MPEG4, AV_CODEC_ID_MJPEG}) {
    codecs.push_back({avcodec_get_name(id), avcodec_find_decoder(id) != nullptr, avcodec_find_encoder(id) != nullptr});
  }
  return codecs;
}

std::string LibavVersion() {
  const unsigned version = avcodec_version();
  return fmt::format("{}.{}.{}", AV_VERSION_MAJOR(version), AV_VERSION_MINOR(version), AV_VERSION_MICRO(version));
}

std::string FfmpegVersion() { return av_version_info(); }

}  // namespace spotter::media
