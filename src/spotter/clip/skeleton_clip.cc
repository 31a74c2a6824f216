// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/skeleton_clip.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "spotter/base/log.h"
#include "spotter/clip/span.h"
#include "spotter/media/jpeg.h"
#include "spotter/media/video_writer.h"
#include "spotter/render/canvas.h"
#include "spotter/render/palette.h"
#include "spotter/render/skeleton.h"

namespace spotter::clip {
namespace {

constexpr int kLongestSide = 640;         // pixels: figures need no more
constexpr int kPixelsPerLineWidth = 240;  // of the picture's height

// Recordings may lack UTC.
UtcTime CapturedAt(const Perception& perception) { return perception.captured_at.value_or(UtcTime(perception.pts)); }

media::BgrPicture PictureOf(const render::Canvas& canvas) {
  return {.data = canvas.data(), .stride = canvas.stride(), .width = canvas.width(), .height = canvas.height()};
}

// All pictures of a clip have the size of its first.
render::Canvas BlankLike(const Perception& perception) {
  const int longest = std::max({perception.width, perception.height, 1});
  const auto scaled = [&](int side) { return std::max(2, side * std::min(longest, kLongestSide) / longest / 2 * 2); };
  return {scaled(perception.width), scaled(perception.height)};
}

void Draw(const Perception& perception, render::Canvas& canvas) {
  canvas.Fill(render::kStage);
  for (const PerceivedPerson& person : perception.people) {
    render::SkeletonStyle style;
    style.joint_color = render::SubjectColor(fmt::format("#{}", person.track_id.value()));
    style.line_width_px = std::max(1.5F, static_cast<float>(canvas.height()) / kPixelsPerLineWidth);
    style.draw_head = true;
    render::DrawSkeleton(canvas, person, style);
  }
}

Result<void> WriteVideo(const std::string& path, std::span<const Perception> perceptions, Pts start) {
  render::Canvas canvas = BlankLike(perceptions.front());
  media::VideoWriterOptions options;
  options.path = path;
  options.width = canvas.width();
  options.height = canvas.height();
  options.threads = 1;
  Result<media::VideoWriter> writer = media::VideoWriter::Create(options);
  if (!writer.ok()) return writer.error();
  for (const Perception& perception : perceptions) {
    Draw(perception, canvas);
    if (Result<void> written = writer->Write(PictureOf(canvas), perception.pts - start); !written.ok()) return written;
  }
  return writer->Finish();
}

std::string WriteThumbnail(const std::string& path, std::span<const Perception> perceptions, Pts at) {
  const auto nearest = std::ranges::min_element(perceptions, {}, [at](const Perception& p) { return abs(p.pts - at); });
  render::Canvas canvas = BlankLike(*nearest);
  Draw(*nearest, canvas);
  const Result<void> written = media::WriteJpeg(path, PictureOf(canvas));
  if (written.ok()) return path;
  LogWarning("{}", written.error().message);
  return "";
}

}  // namespace

Result<ClipDone> DrawClip(const Spool& spool, const ClipFiles& files, const std::string& end_reason) {
  std::vector<PictureAt> row;
  row.reserve(spool.perceptions.size());
  for (const Perception& perception : spool.perceptions) row.push_back({perception.pts, CapturedAt(perception)});
  const RowEnds ends = {.before = row.empty() || row.front().pts <= Pts{0}
                                      ? "the stream began later"
                                      : "it had already left the memory of the camera",
                        .after = end_reason};
  Result<SpanChoice> choice = ChooseSpan(spool.request, row, ends);
  if (!choice.ok()) return choice.error();
  const auto shown = std::span(spool.perceptions).subspan(choice->first, choice->end - choice->first);
  if (Result<void> written = WriteVideo(files.video, shown, choice->span.start); !written.ok()) return written.error();
  ClipDone done;
  done.request = spool.request;
  done.span = choice->span;
  done.clip_path = files.video;
  done.thumbnail_path = WriteThumbnail(files.thumbnail, shown, spool.request.at);
  done.codec = "h264";
  done.plays_in_browsers = true;
  done.skeleton_only = true;
  done.gaps = std::move(choice->gaps);
  return done;
}

}  // namespace spotter::clip
