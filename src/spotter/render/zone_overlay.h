// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/core/zone.h"
#include "spotter/geometry/region.h"
#include "spotter/render/canvas.h"

namespace spotter::render {

// A zone as a camera's picture shows it, in fractions of the frame; what lies beyond them is not drawn.
struct ZoneOutline {
  ZoneId id;
  Region region;
};

// The colour of what a machine is doing, and how people say it.
Color StateColor(MachineState state);
const char* StateName(MachineState state);

// A zone's area and border in the colour of its state, and its chip: name, state and for how long. `now` is stream
// time.
class ZoneDrawing {
 public:
  ZoneDrawing(const Canvas& canvas, const ZoneOutline& zone, ZoneStatus status, float text_px);

  void DrawArea(Canvas& canvas) const;
  // Where the chip lies, in pixels: at the lower edge of the zone, inside the picture.
  const Box& chip() const { return chip_; }
  void DrawChip(Canvas& canvas, Pts now) const;

 private:
  std::string ChipText(Pts now) const;

  Region region_;  // pixels
  ZoneStatus status_;
  float text_px_;
  Box chip_;
};

// Which colour is which state, from `left_middle` on. Returns its width; drawn only when it is at most `max_width`.
float DrawStateLegend(Canvas& canvas, Point left_middle, float text_px, float max_width);

}  // namespace spotter::render
