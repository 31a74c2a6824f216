// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/annotate_sink.h"

#include <utility>

#include "spotter/core/withdrawn_set.h"
#include "spotter/media/png.h"

namespace spotter::pipeline {
namespace {

media::BgrPicture PictureOf(const render::Canvas& canvas) {
  return {.data = canvas.data(), .stride = canvas.stride(), .width = canvas.width(), .height = canvas.height()};
}

render::ContactSheetOptions SheetOptions(const AnnotateOptions& options) {
  render::ContactSheetOptions sheet;
  sheet.overlay = options.overlay;
  sheet.title = options.title;
  return sheet;
}

}  // namespace

AnnotateSink::AnnotateSink(AnnotateOptions options, std::optional<OutputFile> sheet_file)
    : options_(std::move(options)),
      overlay_(options_.overlay),
      sheet_(SheetOptions(options_)),
      sheet_file_(std::move(sheet_file)) {}

Result<std::unique_ptr<AnnotateSink>> AnnotateSink::Create(AnnotateOptions options) {
  std::optional<OutputFile> sheet_file;
  if (!options.contact_sheet_path.empty()) {
    Result<OutputFile> created = OutputFile::Create(options.contact_sheet_path);
    if (!created.ok()) return created.error();
    sheet_file = std::move(created).value();
  }
  return std::unique_ptr<AnnotateSink>(new AnnotateSink(std::move(options), std::move(sheet_file)));
}

void AnnotateSink::OnFrame(FramePtr frame) {
  const std::lock_guard lock(mutex_);
  frames_.push(std::move(frame));
}

Result<void> AnnotateSink::Consume(const SiteOutput& output) {
  const FramePtr frame = TakeFrame(output.perception.pts);
  if (frame == nullptr) return {};
  if (!writer_) {
    if (Result<void> opened = OpenWriter(*frame); !opened.ok()) return opened;
  }
  render::Canvas canvas(width_, height_);
  scaler_.Scale(*frame, {.data = canvas.data(), .stride = canvas.stride(), .width = width_, .height = height_});
  if (sheet_file_) sheet_.Add(canvas, output.scene);
  for (const Event& event : output.events) AddSet(event);
  overlay_.Draw(canvas, output.scene, Outlines(output.scene.camera_id));
  return writer_->Write(PictureOf(canvas), frame->pts);
}

Result<void> AnnotateSink::Finish(std::span<const Event> events) {
  if (!writer_) return MakeError(ErrorCode::kUnreadable, "nothing was written: the source gave no picture");
  if (Result<void> done = writer_->Finish(); !done.ok()) return done;
  if (!sheet_file_) return {};
  for (const Event& event : events) AddSet(event);
  return media::WritePng(std::move(*sheet_file_), PictureOf(sheet_.Make()));
}

void AnnotateSink::AddSet(const Event& event) {
  const auto* completed = std::get_if<SetCompleted>(&event.data);
  if (completed == nullptr || !event.person_id || IsWithdrawn(completed->set)) return;
  sheet_.AddSet(*event.person_id, completed->set);
}

std::vector<render::ZoneOutline> AnnotateSink::Outlines(const CameraId& camera) const {
  std::vector<render::ZoneOutline> outlines;
  if (!options_.zones) return outlines;
  const std::vector<Zone>& zones = options_.zones->zones();
  for (std::size_t zone = 0; zone < zones.size(); ++zone) {
    const floor::ZoneMap::Frame frame{.camera_id = camera, .width = width_, .height = height_};
    if (std::optional<Region> region = options_.zones->Outline(frame, zone))
      outlines.push_back({.id = zones[zone].id, .region = std::move(*region)});
  }
  return outlines;
}

// Frames of perceptions that never came (dropped on the way) are thrown away.
FramePtr AnnotateSink::TakeFrame(Pts pts) {
  const std::lock_guard lock(mutex_);
  while (!frames_.empty()) {
    FramePtr frame = std::move(frames_.front());
    frames_.pop();
    if (frame->pts == pts) return frame;
  }
  return nullptr;
}

Result<void> AnnotateSink::OpenWriter(const Frame& frame) {
  width_ = frame.width;
  height_ = frame.height;
  media::VideoWriterOptions writer;
  writer.path = options_.video_path;
  writer.width = width_;
  writer.height = height_;
  writer.frame_rate = options_.frame_rate;
  Result<media::VideoWriter> opened = media::VideoWriter::Create(writer);
  if (!opened.ok()) return opened.error();
  writer_.emplace(std::move(opened).value());
  return {};
}

}  // namespace spotter::pipeline
