// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <string>

#include "spotter/media/scaler.h"
#include "spotter/media/video_writer.h"
#include "spotter/pipeline/frame_tap.h"
#include "spotter/pipeline/site_worker.h"
#include "spotter/render/contact_sheet.h"
#include "spotter/render/overlay.h"

namespace spotter::pipeline {

struct AnnotateOptions {
  std::string video_path;          // .mp4
  std::string contact_sheet_path;  // .png; empty = none
  std::string title;               // of the contact sheet
  double frame_rate = 0;           // of the source, 0 = unknown
  render::OverlayOptions overlay;
};

// Draws each scene onto its frame and writes the video, and a contact sheet of it. Frames come through the tap from the
// camera worker's thread, scenes from the site worker's; the frames that wait for their scene are bounded by what the
// pipeline holds.
class AnnotateSink : public SiteSink, public FrameTap {
 public:
  explicit AnnotateSink(AnnotateOptions options);
  void OnFrame(FramePtr frame) override;
  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;

 private:
  FramePtr TakeFrame(Pts pts);
  void AddSet(const Event& event);
  Result<void> OpenWriter(const Frame& frame);

  const AnnotateOptions options_;
  std::mutex mutex_;
  std::queue<FramePtr> frames_;  // guarded by mutex_
  media::Scaler scaler_{media::RgbOrder::kBgr};
  std::optional<media::VideoWriter> writer_;
  render::Overlay overlay_;
  render::ContactSheet sheet_;
  int width_ = 0;  // of the video: the first frame's
  int height_ = 0;
};

}  // namespace spotter::pipeline
