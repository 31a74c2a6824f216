// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/zone_overlay.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "spotter/render/palette.h"
#include "spotter/render/path.h"
#include "spotter/render/text.h"
#include "spotter/render/time_text.h"

namespace spotter::render {
namespace {

constexpr float kBeyond = 4;  // pictures: corners farther out change nothing that is seen
constexpr float kAreaOpacity = 0.16F;

Polygon Closed(Polygon polygon) {
  polygon.push_back(polygon.front());
  return polygon;
}

}  // namespace

// The hues of Okabe and Ito, as those of people.
Color StateColor(MachineState state) {
  switch (state) {
    case MachineState::kFree:
      return {38, 208, 154};
    case MachineState::kInUse:
      return {255, 122, 69};
    case MachineState::kResting:
      return {255, 196, 61};
    case MachineState::kIdle:
      return {232, 137, 196};
    case MachineState::kReserved:
      return {240, 228, 66};
    case MachineState::kNeedsCleaning:
      return {86, 180, 233};
    case MachineState::kBlind:
      return kMuted;
  }
  return kMuted;
}

const char* StateName(MachineState state) {
  switch (state) {
    case MachineState::kFree:
      return "free";
    case MachineState::kInUse:
      return "in use";
    case MachineState::kResting:
      return "resting";
    case MachineState::kIdle:
      return "idle";
    case MachineState::kReserved:
      return "reserved";
    case MachineState::kNeedsCleaning:
      return "needs cleaning";
    case MachineState::kBlind:
      return "not seen";
  }
  return "not seen";
}

ZoneDrawing::ZoneDrawing(const Canvas& canvas, const ZoneOutline& zone, ZoneStatus status, float text_px)
    : status_(std::move(status)), text_px_(text_px) {
  const auto width = static_cast<float>(canvas.width());
  const auto height = static_cast<float>(canvas.height());
  region_ = Mapped(zone.region, [&](Point p) {
    return Point{width * std::clamp(p.x, -kBeyond, kBeyond), height * std::clamp(p.y, -kBeyond, kBeyond)};
  });
  // Holes turn the other way, so that they stay empty.
  const bool clockwise = SignedArea(region_.outline) > 0;
  for (Polygon& hole : region_.holes) {
    if ((SignedArea(hole) > 0) == clockwise) std::ranges::reverse(hole);
  }
  const Point lowest = *std::ranges::max_element(region_.outline, {}, &Point::y);
  const float chip_height = 1.7F * text_px_;
  const float chip_width = TextWidth(ChipText(Pts::max()), text_px_) + 1.2F * text_px_;
  const float left = std::clamp(lowest.x - 0.5F * chip_width, 0.0F, std::max(0.0F, width - chip_width));
  const float top = std::clamp(lowest.y - 1.2F * chip_height, 0.0F, std::max(0.0F, height - 2.4F * chip_height));
  chip_ = {left, top, left + chip_width, top + chip_height};
}

void ZoneDrawing::DrawArea(Canvas& canvas) const {
  const Color color = StateColor(status_.state);
  Path area;
  area.AddPolygon(region_.outline);
  for (const Polygon& hole : region_.holes) area.AddPolygon(hole);
  Fill(canvas, area, {color, kAreaOpacity});
  Path border;
  border.AddPolyline(Closed(region_.outline), 0.16F * text_px_);
  for (const Polygon& hole : region_.holes) border.AddPolyline(Closed(hole), 0.16F * text_px_);
  Fill(canvas, border, {color, 0.9F});
}

// The longest time makes the widest chip, which then does not change its size with every second.
std::string ZoneDrawing::ChipText(Pts now) const {
  const std::string length = now == Pts::max() ? "00:00" : FormatLength(now - status_.since);
  if (status_.kind == ZoneKind::kArea) return fmt::format("{}  {}", status_.id.value(), status_.people.size());
  return fmt::format("{}  {}  {}", status_.id.value(), StateName(status_.state), length);
}

void ZoneDrawing::DrawChip(Canvas& canvas, Pts now) const {
  FillRoundedRect(canvas, chip_, 0.3F * text_px_, {kInk, 0.78F});
  const float dot = 0.28F * text_px_;
  const float middle = chip_.center().y;
  FillRect(canvas, {chip_.x0, chip_.y0, chip_.x0 + dot, chip_.y1}, {StateColor(status_.state), 1});
  DrawText(canvas, {chip_.x0 + 0.6F * text_px_, middle}, ChipText(now), {text_px_, kPaper});
}

float DrawStateLegend(Canvas& canvas, Point left_middle, float text_px, float max_width) {
  const float dot = 0.28F * text_px;
  const float word_gap = 0.35F * text_px;
  const float gap = 0.8F * text_px;
  float width = 0;
  for (const MachineState state : kMachineStates)
    width += 2 * dot + word_gap + TextWidth(StateName(state), text_px) + gap;
  if (width > max_width) return width;
  const Point at = left_middle;
  FillRoundedRect(canvas, {at.x, at.y - 0.85F * text_px, at.x + width, at.y + 0.85F * text_px}, 0.3F * text_px,
                  {kInk, 0.6F});
  float x = at.x + 0.5F * gap;
  for (const MachineState state : kMachineStates) {
    FillCircle(canvas, {x + dot, at.y}, dot, {StateColor(state), 1});
    x += 2 * dot + word_gap;
    DrawText(canvas, {x, at.y}, StateName(state), {text_px, kMuted});
    x += TextWidth(StateName(state), text_px) + gap;
  }
  return width;
}

}  // namespace spotter::render
