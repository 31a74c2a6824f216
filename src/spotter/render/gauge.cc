// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/gauge.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "spotter/geometry/angles.h"
#include "spotter/render/palette.h"
#include "spotter/render/path.h"
#include "spotter/render/text.h"

namespace spotter::render {
namespace {

// In ems of the label's text.
constexpr float kBarWidth = 0.5F;
constexpr float kGap = 0.25F;
constexpr float kPlateHeight = 3.1F;
constexpr float kPlatePadding = 0.4F;
constexpr float kAngleSize = 0.9F;
constexpr float kPhaseSize = 0.7F;
constexpr float kShortest = 4;
constexpr float kTallest = 9;

// A gauge has room for one word; which end the person pauses at is seen on the bar.
std::string_view ShortName(Phase phase) {
  switch (phase) {
    case Phase::kEccentric:
      return "eccentric";
    case Phase::kConcentric:
      return "concentric";
    case Phase::kPauseStretched:
    case Phase::kPauseShortened:
      return "pause";
    case Phase::kNone:
      break;
  }
  return "";
}

}  // namespace

Gauge::Gauge(const SubjectView& view) : text_px_(view.text_px), color_(view.color) {
  const SetInProgress& set = *view.person->set;
  progress_ = std::isfinite(set.progress) ? static_cast<float>(std::clamp(set.progress, 0.0, 1.0)) : 0;
  if (std::isfinite(set.angle_rad)) angle_ = fmt::format("{:.0f}\u00b0", set.angle_rad * kDegreesPerRadian);
  phase_ = ShortName(set.phase);
  if (set.tempo_s)
    tempo_ = fmt::format("{:.1f}-{:.1f}-{:.1f}-{:.1f}", (*set.tempo_s)[0], (*set.tempo_s)[1], (*set.tempo_s)[2],
                         (*set.tempo_s)[3]);
  // The plate keeps its width while the words change.
  const float words =
      std::max(TextWidth("concentric", kPhaseSize * text_px_), TextWidth("0.0-0.0-0.0-0.0", kPhaseSize * text_px_));
  width_ = words + text_px_ * (kBarWidth + kGap + 2 * kPlatePadding);
  height_ = std::clamp(0.5F * view.box.height(), kShortest * text_px_, kTallest * text_px_);
}

void Gauge::Draw(Canvas& canvas, const Box& box, bool bar_right) const {
  const float bar = kBarWidth * text_px_;
  const float gap = kGap * text_px_;
  const float top = box.y1 - kPlateHeight * text_px_;
  if (bar_right) {
    DrawBar(canvas, {box.x1 - bar, box.y0, box.x1, box.y1});
    DrawReading(canvas, {box.x0, top, box.x1 - bar - gap, box.y1});
  } else {
    DrawBar(canvas, {box.x0, box.y0, box.x0 + bar, box.y1});
    DrawReading(canvas, {box.x0 + bar + gap, top, box.x1, box.y1});
  }
}

void Gauge::DrawBar(Canvas& canvas, const Box& bar) const {
  const float radius = 0.5F * bar.width();
  const float rim = std::max(1.0F, 0.06F * text_px_);  // parts the bar from a dark picture
  FillRoundedRect(canvas, {bar.x0 - rim, bar.y0 - rim, bar.x1 + rim, bar.y1 + rim}, radius + rim, {kPaper, 0.28F});
  FillRoundedRect(canvas, bar, radius, {kInk, 0.82F});
  const float inset = 0.18F * bar.width();
  Box fill{bar.x0 + inset, bar.y0 + inset, bar.x1 - inset, bar.y1 - inset};
  // Even an empty bar keeps a round drop of colour: whose it is.
  fill.y0 = fill.y1 - std::max(fill.width(), progress_ * fill.height());
  FillRoundedRect(canvas, fill, radius, {color_, 1});
}

void Gauge::DrawReading(Canvas& canvas, const Box& plate) const {
  if (angle_.empty() && phase_.empty()) return;
  FillRoundedRect(canvas, plate, 0.35F * text_px_, {kInk, 0.72F});
  const float x = plate.x0 + kPlatePadding * text_px_;
  DrawText(canvas, {x, plate.y0 + 0.22F * plate.height()}, angle_, {kAngleSize * text_px_, kPaper});
  DrawText(canvas, {x, plate.y0 + 0.51F * plate.height()}, phase_, {kPhaseSize * text_px_, kMuted});
  DrawText(canvas, {x, plate.y0 + 0.79F * plate.height()}, tempo_, {kPhaseSize * text_px_, kMuted});
}

}  // namespace spotter::render
