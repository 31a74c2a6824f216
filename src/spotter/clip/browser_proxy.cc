// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/browser_proxy.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <vector>

#include "spotter/media/decoder.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/frame_converter.h"
#include "spotter/media/probe.h"
#include "spotter/media/remuxer.h"
#include "spotter/media/scaler.h"
#include "spotter/media/video_writer.h"

namespace spotter::clip {
namespace {

// Decodes, converts, encodes. The writer is made for the first picture.
class Transcoder {
 public:
  Transcoder(const media::VideoStream& stream, std::string path)
      : converter_(stream.orientation), frame_rate_(stream.frame_rate), path_(std::move(path)) {}

  Result<void> Add(const media::DecodedPicture& picture) {
    const Result<Frame> frame = converter_.Convert(picture);
    if (!frame.ok()) return frame.error();
    if (!writer_) {
      if (Result<void> opened = Open(*frame); !opened.ok()) return opened;
    }
    const int stride = width_ * 3;
    pixels_.resize(static_cast<std::size_t>(stride) * static_cast<std::size_t>(height_));
    scaler_.Scale(*frame, {.data = pixels_.data(), .stride = stride, .width = width_, .height = height_});
    return writer_->Write({.data = pixels_.data(), .stride = stride, .width = width_, .height = height_},
                          picture.timestamp.value_or(Pts{0}));
  }

  Result<void> Finish() {
    return writer_ ? writer_->Finish()
                   : MakeError(ErrorCode::kUnreadable, "the clip has no picture that can be decoded");
  }

 private:
  Result<void> Open(const Frame& frame) {
    width_ = frame.width;
    height_ = frame.height;
    media::VideoWriterOptions options;
    options.path = path_;
    options.width = width_;
    options.height = height_;
    options.frame_rate = frame_rate_;
    Result<media::VideoWriter> writer = media::VideoWriter::Create(options);
    if (!writer.ok()) return writer.error();
    writer_.emplace(std::move(writer).value());
    return {};
  }

  media::FrameConverter converter_;
  media::Scaler scaler_{media::RgbOrder::kBgr};
  const double frame_rate_;
  const std::string path_;
  std::optional<media::VideoWriter> writer_;
  std::vector<std::uint8_t> pixels_;
  int width_ = 0;
  int height_ = 0;
};

}  // namespace

Result<void> MakeBrowserProxy(const std::string& clip_path, const std::string& proxy_path) {
  media::IoWatch watch;
  Result<std::unique_ptr<media::Demuxer>> demuxer = media::Demuxer::Open({.url = clip_path}, watch);
  if (!demuxer.ok()) return demuxer.error();
  Result<std::unique_ptr<media::Decoder>> decoder = media::Decoder::Create((*demuxer)->stream());
  if (!decoder.ok()) return decoder.error();
  Transcoder transcoder((*demuxer)->stream(), proxy_path);
  for (bool ended = false; !ended;) {
    const Result<std::optional<media::Packet>> packet = (*demuxer)->Read();
    if (!packet.ok()) return packet.error();
    ended = !packet->has_value();
    ended ? (*decoder)->SendEnd() : (*decoder)->Send(**packet);
    while (const std::optional<media::DecodedPicture> picture = (*decoder)->Receive()) {
      if (Result<void> added = transcoder.Add(*picture); !added.ok()) return added;
    }
  }
  return transcoder.Finish();
}

std::string BrowserProxyOf(const std::string& clip_path) {
  return std::filesystem::path(clip_path).replace_extension(".h264.mp4").string();
}

Result<std::string> FindBrowserClip(const std::string& clip_path) {
  const Result<media::VideoStream> stream = media::Probe({.url = clip_path});
  if (!stream.ok()) return stream.error();
  if (media::PlaysInBrowsers(*stream)) return clip_path;
  std::error_code failed;
  std::string proxy = BrowserProxyOf(clip_path);
  if (std::filesystem::exists(proxy, failed)) return proxy;
  return MakeError(ErrorCode::kNotFound, "{} needs a copy for browsers", clip_path);
}

}  // namespace spotter::clip
