// SPDX-License-Identifier: Apache-2.0
// Owners of libav's objects. Private to media/: no public header includes this one.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
#include <libswscale/swscale.h>
}

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace spotter::media {

struct AvDeleter {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVCodecParameters* parameters) const { avcodec_parameters_free(&parameters); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVBufferPool* pool) const { av_buffer_pool_uninit(&pool); }
  void operator()(SwsContext* context) const { sws_freeContext(context); }
};

using CodecContextPtr = std::unique_ptr<AVCodecContext, AvDeleter>;
using ParametersPtr = std::unique_ptr<AVCodecParameters, AvDeleter>;
using AvFramePtr = std::unique_ptr<AVFrame, AvDeleter>;
using AvPacketPtr = std::unique_ptr<AVPacket, AvDeleter>;
using BufferPoolPtr = std::unique_ptr<AVBufferPool, AvDeleter>;
using SwsContextPtr = std::unique_ptr<SwsContext, AvDeleter>;

// Running out of memory is not recoverable here; these never return null.
AvFramePtr NewAvFrame();
AvPacketPtr NewAvPacket();

// "No space left on device", "Invalid data found when processing input" ...
std::string AvErrorText(int code);

// Stops libav from writing to stderr by itself: every failure comes back as a Result, and its lines carry passwords.
void QuietLibav();

// nullopt for AV_NOPTS_VALUE.
std::optional<std::chrono::microseconds> ToMicroseconds(std::int64_t value, AVRational time_base);

}  // namespace spotter::media
