#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/spotter/render/glyph_table.cc: the outlines of a TrueType font that pictures are lettered with.

    python3 -m pip install fonttools==4.68.0
    python3 make_glyph_table.py Roboto-Medium.ttf > ../../src/spotter/render/glyph_table.cc

Run once by hand; the table is committed. Roboto Medium (Apache-2.0, Google) comes from Debian's package
fonts-roboto-unhinted 2:0~20170802-3. Accented letters stay composed of base and accent, as in the font.
"""

import sys

from fontTools.ttLib import TTFont

UNITS_PER_EM = 1000
CODES = [*range(0x20, 0x7F), 0xA1, 0xB0, 0xB7, 0xBF, *range(0xC0, 0x180), 0x2013, 0x2014, 0x2019, 0x2022, 0x2026]
LINE_WIDTH = 118

HEADER = """// SPDX-License-Identifier: Apache-2.0
// Made by tools/glyphs/make_glyph_table.py from Roboto Medium (Apache-2.0, Copyright 2015 Google Inc.); do not edit.
#include "spotter/render/glyph_table.h"

#include <array>

// clang-format off
namespace spotter::render {
namespace {
"""

FOOTER = """
}  // namespace

constinit const GlyphTable kGlyphTable = {kPoints, kOutlines, kParts, kGlyphs};

}  // namespace spotter::render
// clang-format on
"""


class Table:
    """Collects the four arrays; every outline is stored once, however many glyphs use it."""

    def __init__(self, font):
        self.font = font
        self.scale = UNITS_PER_EM / font["head"].unitsPerEm
        self.glyphs, self.parts, self.outlines, self.points = [], [], [], []
        self.outline_of_name = {}

    def unit(self, value):
        return round(value * self.scale)

    def add_outline(self, name):
        if name in self.outline_of_name:
            return self.outline_of_name[name]
        coordinates, ends, flags = self.font["glyf"][name].getCoordinates(self.font["glyf"])
        first = len(self.points)
        for i, (x, y) in enumerate(coordinates):
            # The low bits: of x, the point lies on the curve; of y, it is the last of its contour.
            self.points.append((self.unit(x) * 2 + (flags[i] & 1), self.unit(y) * 2 + (1 if i in ends else 0)))
        self.outlines.append((first, len(self.points) - first))
        self.outline_of_name[name] = len(self.outlines) - 1
        return self.outline_of_name[name]

    def leaves(self, name, dx=0, dy=0):
        """The simple outlines of a glyph as (name, dx, dy); a part that is not merely moved keeps the glyph whole."""
        glyph = self.font["glyf"][name]
        if not glyph.isComposite():
            return [(name, dx, dy)] if glyph.numberOfContours else []
        found = []
        for component in glyph.components:
            if hasattr(component, "transform") or not hasattr(component, "x"):
                return [(name, dx, dy)]
            found += self.leaves(component.glyphName, dx + component.x, dy + component.y)
        return found

    def add_glyph(self, code, name):
        first = len(self.parts)
        for leaf, dx, dy in self.leaves(name):
            self.parts.append((self.unit(dx), self.unit(dy), self.add_outline(leaf)))
        self.glyphs.append((code, self.unit(self.font["hmtx"][name][0]), first, len(self.parts) - first))


def write_array(kind, name, rows):
    print(f"\nconstexpr std::array<{kind}, {len(rows)}> {name} = {{{{")
    line = ""
    for row in rows:
        text = "{" + ",".join(str(v) for v in row) + "},"
        if len(line) + len(text) > LINE_WIDTH:
            print(line)
            line = ""
        line += text
    print(line + "\n}};")


def main():
    font = TTFont(sys.argv[1])
    table = Table(font)
    for code in CODES:
        table.add_glyph(code, font.getBestCmap()[code])
    print(HEADER, end="")
    write_array("GlyphPoint", "kPoints", table.points)
    write_array("GlyphOutline", "kOutlines", table.outlines)
    write_array("GlyphPart", "kParts", table.parts)
    write_array("Glyph", "kGlyphs", table.glyphs)
    print(FOOTER, end="")


if __name__ == "__main__":
    main()
