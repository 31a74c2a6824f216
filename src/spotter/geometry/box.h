// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

namespace spotter {

// A point; the space (pixels, frame fractions, metres) is the variable's name or comment.
struct Point {
  float x = 0;
  float y = 0;
  friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend Point operator*(float s, Point a) { return {s * a.x, s * a.y}; }
  bool operator==(const Point&) const = default;
};

inline float Norm(Point a) { return std::hypot(a.x, a.y); }
inline float Distance(Point a, Point b) { return Norm(a - b); }
inline Point Midpoint(Point a, Point b) { return {0.5F * (a.x + b.x), 0.5F * (a.y + b.y)}; }

// An axis-aligned box by its corners, x right, y down. In a Perception the unit is the fraction of the frame.
struct Box {
  float x0 = 0;
  float y0 = 0;
  float x1 = 0;
  float y1 = 0;

  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
  float area() const { return std::max(0.0F, width()) * std::max(0.0F, height()); }
  Point center() const { return {0.5F * (x0 + x1), 0.5F * (y0 + y1)}; }
  bool operator==(const Box&) const = default;
};

inline Box Intersect(const Box& a, const Box& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

// Intersection over union in [0, 1]; 0 for empty boxes.
inline float Iou(const Box& a, const Box& b) {
  const Box overlap = Intersect(a, b);
  if (overlap.width() <= 0 || overlap.height() <= 0) return 0;
  const float shared = overlap.area();
  const float together = a.area() + b.area() - shared;
  return together > 0 ? shared / together : 0;
}

}  // namespace spotter
