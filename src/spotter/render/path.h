// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "spotter/geometry/box.h"
#include "spotter/render/canvas.h"

namespace spotter::render {

struct Paint {
  Color color;
  float opacity = 1;  // [0, 1]
};

struct Segment {
  Point from;
  Point to;
};

// Closed contours in pixels of a canvas (x right, y down, pixel (0,0) covers [0,1] x [0,1]). The shapes below all turn
// the same way, so that overlapping ones unite instead of cutting holes.
class Path {
 public:
  void AddPolygon(std::span<const Point> points);
  void AddRect(const Box& rect);
  void AddRoundedRect(const Box& rect, float radius);
  void AddCircle(Point center, float radius);
  // A line with round ends.
  void AddLine(Point from, Point to, float width);
  // Lines with round joints.
  void AddPolyline(std::span<const Point> points, float width);

  std::span<const Point> points() const { return points_; }
  // Index behind the last point of each contour.
  std::span<const std::size_t> ends() const { return ends_; }

 private:
  std::vector<Point> points_;
  std::vector<std::size_t> ends_;
};

// Paints the inside of the path with exact area coverage at the edges; what is outside the canvas is cut off. A path
// with a coordinate that is no finite number paints nothing.
// The coverage is accumulated as signed areas per cell, the method of FreeType's smooth rasteriser.
void Fill(Canvas& canvas, const Path& path, const Paint& paint);

// Whole shapes in one go.
void FillRect(Canvas& canvas, const Box& rect, const Paint& paint);
void FillRoundedRect(Canvas& canvas, const Box& rect, float radius, const Paint& paint);
void FillCircle(Canvas& canvas, Point center, float radius, const Paint& paint);
void DrawLine(Canvas& canvas, const Segment& segment, float width, const Paint& paint);

}  // namespace spotter::render
