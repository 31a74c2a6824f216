// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "spotter/base/output_file.h"
#include "spotter/floor/zone_map.h"
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
  std::optional<floor::ZoneMap> zones;  // to draw those that the camera sees
};

// Draws each scene onto its frame and writes the video, and a contact sheet of it. Frames come through the tap from the
// camera worker's thread, scenes from the site worker's; the frames that wait for their scene are bounded by what the
// pipeline holds.
class AnnotateSink : public SiteSink, public FrameTap {
 public:
  // Fails before the work begins when the contact sheet cannot be written; the video is opened with its first frame.
  static Result<std::unique_ptr<AnnotateSink>> Create(AnnotateOptions options);
  void OnFrame(FramePtr frame) override;
  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;

 private:
  AnnotateSink(AnnotateOptions options, std::optional<OutputFile> sheet_file);
  FramePtr TakeFrame(Pts pts);
  void AddSet(const Event& event);
  Result<void> OpenWriter(const Frame& frame);
  std::vector<render::ZoneOutline> Outlines(const CameraId& camera) const;

  const AnnotateOptions options_;
  std::mutex mutex_;
  std::queue<FramePtr> frames_;  // guarded by mutex_
  media::Scaler scaler_{media::RgbOrder::kBgr};
  std::optional<media::VideoWriter> writer_;
  render::Overlay overlay_;
  render::ContactSheet sheet_;
  std::optional<OutputFile> sheet_file_;  // none = no contact sheet is wanted
  int width_ = 0;                         // of the video: the first frame's
  int height_ = 0;
};

}  // namespace spotter::pipeline
