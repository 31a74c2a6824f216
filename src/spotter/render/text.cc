// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "spotter/render/glyph_table.h"
#include "spotter/render/path.h"

namespace spotter::render {
namespace {

constexpr std::string_view kEllipsis = "\u2026";
constexpr char32_t kNoCharacter = U'?';

int SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if ((lead & 0xE0) == 0xC0) return 2;
  if ((lead & 0xF0) == 0xE0) return 3;
  if ((lead & 0xF8) == 0xF0) return 4;
  return 0;
}

// Takes the first character off `text`; a byte that is no UTF-8 counts as one unknown character.
char32_t TakeCharacter(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const auto length = static_cast<std::size_t>(SequenceLength(lead));
  if (length == 0 || length > text.size()) {
    text.remove_prefix(1);
    return kNoCharacter;
  }
  char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) {
      text.remove_prefix(1);
      return kNoCharacter;
    }
    code = (code << 6) | (byte & 0x3FU);
  }
  text.remove_prefix(length);
  return code;
}

const Glyph& GlyphOf(char32_t code) {
  const std::span<const Glyph> glyphs = kGlyphTable.glyphs;
  const auto find = [&](char32_t wanted) {
    return std::lower_bound(glyphs.begin(), glyphs.end(), wanted,
                            [](const Glyph& glyph, char32_t value) { return glyph.code < value; });
  };
  const auto found = find(code);
  return found != glyphs.end() && found->code == code ? *found : *find(kNoCharacter);
}

// Walks the outlines of one glyph and turns its quadratic curves into lines.
class GlyphTracer {
 public:
  GlyphTracer(Path& path, Point origin, float size_px)
      : path_(path), origin_(origin), scale_(size_px / kGlyphUnitsPerEm), steps_(size_px < 24 ? 4 : 8) {}

  void Trace(const Glyph& glyph) {
    for (const GlyphPart& part : kGlyphTable.parts.subspan(glyph.first_part, glyph.part_count)) {
      const GlyphOutline& outline = kGlyphTable.outlines[part.outline];
      for (const GlyphPoint& point : kGlyphTable.points.subspan(outline.first, outline.count)) {
        corners_.push_back({ToPixels(part, point), (point.x2 & 1) != 0});
        if ((point.y2 & 1) != 0) CloseContour();
      }
    }
  }

 private:
  struct Corner {
    Point at;
    bool on_curve;
  };

  Point ToPixels(const GlyphPart& part, const GlyphPoint& point) const {
    const float x = static_cast<float>((point.x2 >> 1) + part.dx);
    const float y = static_cast<float>((point.y2 >> 1) + part.dy);
    return {origin_.x + scale_ * x, origin_.y - scale_ * y};
  }

  // Between two control points in a row TrueType implies a point on the curve, half way.
  void CloseContour() {
    const std::size_t n = corners_.size();
    const auto joint = [&](std::size_t i) {  // where the curve is before corner i
      const Corner& before = corners_[(i + n - 1) % n];
      return before.on_curve ? before.at : Midpoint(before.at, corners_[i].at);
    };
    line_.clear();
    for (std::size_t i = 0; i < n; ++i) {
      if (corners_[i].on_curve) {
        line_.push_back(corners_[i].at);
      } else {
        const Corner& next = corners_[(i + 1) % n];
        AddCurve(joint(i), corners_[i].at, next.on_curve ? next.at : Midpoint(corners_[i].at, next.at));
      }
    }
    path_.AddPolygon(line_);
    corners_.clear();
  }

  void AddCurve(Point from, Point control, Point to) {
    for (int i = 1; i <= steps_; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(steps_);
      const float u = 1 - t;
      line_.push_back((u * u) * from + (2 * u * t) * control + (t * t) * to);
    }
  }

  Path& path_;
  Point origin_;
  float scale_;
  int steps_;
  std::vector<Corner> corners_;
  std::vector<Point> line_;
};

}  // namespace

float TextWidth(std::string_view text, float size_px) {
  int units = 0;
  while (!text.empty()) units += GlyphOf(TakeCharacter(text)).advance;
  return static_cast<float>(units) * size_px / kGlyphUnitsPerEm;
}

std::string FitText(std::string_view text, float size_px, float max_width) {
  if (TextWidth(text, size_px) <= max_width) return std::string(text);
  float width = TextWidth(kEllipsis, size_px);
  if (width > max_width) return {};
  std::string_view rest = text;
  std::size_t kept = 0;
  while (!rest.empty()) {
    width += static_cast<float>(GlyphOf(TakeCharacter(rest)).advance) * size_px / kGlyphUnitsPerEm;
    if (width > max_width) break;
    kept = text.size() - rest.size();
  }
  return std::string(text.substr(0, kept)).append(kEllipsis);
}

void DrawText(Canvas& canvas, Point left_middle, std::string_view text, const TextStyle& style) {
  Path path;
  Point pen{left_middle.x, left_middle.y + 0.5F * kCapHeightEm * style.size_px};
  while (!text.empty()) {
    const Glyph& glyph = GlyphOf(TakeCharacter(text));
    GlyphTracer(path, pen, style.size_px).Trace(glyph);
    pen.x += static_cast<float>(glyph.advance) * style.size_px / kGlyphUnitsPerEm;
  }
  Fill(canvas, path, {style.color, 1});
}

}  // namespace spotter::render
