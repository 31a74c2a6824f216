// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/browser_proxy.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "spotter/media/probe.h"
#include "spotter/media/remuxer.h"
#include "spotter/media/scaler.h"
#include "spotter/media/video_reader.h"
#include "spotter/media/video_writer.h"

namespace spotter::clip {
namespace {

// Scales and encodes. The writer is made for the first picture.
class Encoder {
 public:
  Encoder(double frame_rate, std::string path) : frame_rate_(frame_rate), path_(std::move(path)) {}

  Result<void> Add(const Frame& frame, Pts shown_at) {
    if (!writer_) {
      if (Result<void> opened = Open(frame); !opened.ok()) return opened;
    }
    const int stride = width_ * 3;
    pixels_.resize(static_cast<std::size_t>(stride) * static_cast<std::size_t>(height_));
    scaler_.Scale(frame, {.data = pixels_.data(), .stride = stride, .width = width_, .height = height_});
    return writer_->Write({.data = pixels_.data(), .stride = stride, .width = width_, .height = height_}, shown_at);
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
  const auto reader = media::VideoReader::Open({.demuxer = {.url = clip_path}, .decoder = {}}, watch);
  if (!reader.ok()) return reader.error();
  Encoder encoder((*reader)->stream().frame_rate, proxy_path);
  while (true) {
    const Result<std::optional<media::DecodedPicture>> picture = (*reader)->Next();
    if (!picture.ok()) return picture.error();
    if (!picture->has_value()) return encoder.Finish();
    const Result<Frame> frame = (*reader)->ToFrame(**picture);
    if (!frame.ok()) return frame.error();
    const Pts shown_at = (*picture)->timestamp.value_or(Pts{0});
    if (Result<void> added = encoder.Add(*frame, shown_at); !added.ok()) return added;
  }
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
