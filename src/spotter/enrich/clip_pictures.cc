// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/clip_pictures.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "spotter/media/jpeg.h"
#include "spotter/media/video_reader.h"

namespace spotter::enrich {
namespace {

constexpr std::chrono::microseconds kGreyEvery{200'000};
constexpr std::chrono::microseconds kLongestLook{120'000'000};
constexpr int kPhotoWidth = 768;  // pixels: what vision models look at, at most

// Takes the wanted pictures out of a decoded clip.
class Sampler {
 public:
  Sampler(const ClipLook& look, media::VideoReader& reader, ClipEvidence& evidence)
      : look_(look),
        evidence_(evidence),
        reader_(reader),
        photo_step_(reader.stream().duration.value_or(std::chrono::seconds(8)) / std::max(1, look.photos)),
        next_photo_(photo_step_ / 2) {}

  // False once enough was seen.
  Result<bool> Take(const media::DecodedPicture& picture) {
    const auto shown_at = picture.timestamp.value_or(last_);
    last_ = shown_at;
    if (shown_at > kLongestLook) return false;
    const bool wants_grey = look_.grey && shown_at >= next_grey_;
    const bool wants_photo = std::ssize(evidence_.photos) < look_.photos && shown_at >= next_photo_;
    if (!wants_grey && !wants_photo) return true;
    const Result<Frame> frame = reader_.ToFrame(picture);
    if (!frame.ok()) return frame.error();
    if (wants_grey) {
      evidence_.pictures.push_back(background::ToGrey(*frame, look_.start + shown_at));
      next_grey_ = shown_at + kGreyEvery;
    }
    return wants_photo ? TakePhoto(*frame) : Result<bool>(true);
  }

 private:
  Result<bool> TakePhoto(const Frame& frame) {
    Result<std::string> photo = media::EncodeJpeg(frame, kPhotoWidth);
    if (!photo.ok()) return photo.error();
    evidence_.photos.push_back(std::move(photo).value());
    next_photo_ += photo_step_;
    return true;
  }

  const ClipLook& look_;
  ClipEvidence& evidence_;
  media::VideoReader& reader_;
  const std::chrono::microseconds photo_step_;
  std::chrono::microseconds next_photo_;
  std::chrono::microseconds next_grey_{0};
  std::chrono::microseconds last_{0};
};

}  // namespace

Result<void> ReadPictures(const ClipLook& look, ClipEvidence& evidence) {
  media::IoWatch watch;
  const auto reader = media::VideoReader::Open({.demuxer = {.url = look.path}, .decoder = {.threads = 1}}, watch);
  if (!reader.ok()) return reader.error();
  Sampler sampler(look, **reader, evidence);
  while (true) {
    const Result<std::optional<media::DecodedPicture>> picture = (*reader)->Next();
    if (!picture.ok()) return picture.error();
    if (!picture->has_value()) return {};
    const Result<bool> more = sampler.Take(**picture);
    if (!more.ok()) return more.error();
    if (!*more) return {};
  }
}

}  // namespace spotter::enrich
