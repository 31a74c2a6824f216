// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace spotter::render {

// TrueType outlines as plain tables, made by tools/glyphs/make_glyph_table.py. Units: 1000 to the em, y up, baseline 0.

// The low bit of `x2` says that the point lies on the curve (else it is a quadratic control point), the low bit of `y2`
// that it is the last of its contour; the coordinate is the value without that bit, divided by two.
struct GlyphPoint {
  std::int16_t x2;
  std::int16_t y2;
};

// A run of points.
struct GlyphOutline {
  std::uint16_t first;
  std::uint16_t count;
};

// An outline moved to its place: an accent, or the whole letter.
struct GlyphPart {
  std::int16_t dx;
  std::int16_t dy;
  std::uint16_t outline;
};

struct Glyph {
  std::uint16_t code;  // Unicode
  std::int16_t advance;
  std::uint16_t first_part;
  std::uint16_t part_count;
};

inline constexpr float kGlyphUnitsPerEm = 1000;
inline constexpr float kCapHeightEm = 0.711F;  // of a capital letter or a digit

struct GlyphTable {
  std::span<const GlyphPoint> points;
  std::span<const GlyphOutline> outlines;
  std::span<const GlyphPart> parts;
  std::span<const Glyph> glyphs;  // by rising code
};

extern const GlyphTable kGlyphTable;

}  // namespace spotter::render
