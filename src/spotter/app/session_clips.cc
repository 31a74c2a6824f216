// SPDX-License-Identifier: Apache-2.0
// The part of the composition root that is needed only where clips are recorded.
#include "spotter/app/session.h"
#include "spotter/clip/clip_writer.h"

namespace spotter::app {
namespace {

constexpr std::size_t kMegabyte = 1U << 20U;

}  // namespace

pipeline::ClipRule ClipRuleOf(const config::ClipsConfig& clips) {
  return {.events = {clips.events.begin(), clips.events.end()},
          .pre_roll = FromSeconds(clips.pre_s),
          .post_roll = FromSeconds(clips.post_s)};
}

Result<void> Session::OpenClips(ClipObserver* observer) {
  const config::ClipsConfig& clips = config_.clips;
  if (clips.mode == config::ClipMode::kOff) return {};
  Result<std::unique_ptr<clip::ClipWriter>> writer =
      clip::ClipWriter::Open({.folder = clips.dir,
                              .skeleton_only = clips.mode == config::ClipMode::kSkeleton,
                              .max_age = FromSeconds(clips.ring_s)},
                             observer);
  if (!writer.ok()) return writer.error();
  clip_writer_ = std::move(writer).value();
  clip_sink_ = std::make_unique<pipeline::ClipSink>(ClipRuleOf(clips), *clip_writer_);
  return {};
}

media::PacketRing* Session::AddRing(const CameraId& camera_id) {
  if (clip_writer_ == nullptr || config_.clips.mode != config::ClipMode::kPixels) return nullptr;
  rings_.push_back(std::make_unique<media::PacketRing>(
      media::PacketRingOptions{.max_age = FromSeconds(config_.clips.ring_s),
                               .max_bytes = static_cast<std::size_t>(config_.clips.ring_mb) * kMegabyte}));
  clip_writer_->AddCamera(camera_id, *rings_.back());
  return rings_.back().get();
}

}  // namespace spotter::app
