// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spotter/geometry/box.h"
#include "spotter/render/canvas.h"

namespace spotter::render {

// Lettering in one typeface (Roboto Medium, outlines compiled in), smooth at every size. Text is UTF-8; letters beyond
// Latin are shown as "?".

struct TextStyle {
  float size_px = 0;  // the em
  Color color;
};

// Pixels that the text takes, `size_px` = the em.
float TextWidth(std::string_view text, float size_px);

// The text, or as much of it as fits in `max_width` pixels with an ellipsis; empty when not even that fits.
std::string FitText(std::string_view text, float size_px, float max_width);

// `left_middle` is the left end of the text at half the height of its capitals.
void DrawText(Canvas& canvas, Point left_middle, std::string_view text, const TextStyle& style);

}  // namespace spotter::render
