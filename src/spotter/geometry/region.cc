// SPDX-License-Identifier: Apache-2.0
#include "spotter/geometry/region.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace spotter {
namespace {

struct Edge {
  Point from;
  Point to;
};

Edge EdgeAt(const Polygon& polygon, std::size_t i) { return {polygon[i], polygon[(i + 1) % polygon.size()]}; }

double Cross(Point a, Point b) {
  return static_cast<double>(a.x) * static_cast<double>(b.y) - static_cast<double>(b.x) * static_cast<double>(a.y);
}

double DistanceToEdge(const Edge& edge, Point point) {
  const Point along = edge.to - edge.from;
  const Point way = point - edge.from;
  const float length2 = along.x * along.x + along.y * along.y;
  const float share = length2 > 0 ? std::clamp((way.x * along.x + way.y * along.y) / length2, 0.0F, 1.0F) : 0.0F;
  return Distance(point, edge.from + share * along);
}

double DistanceToEdges(const Polygon& polygon, Point point) {
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < polygon.size(); ++i)
    nearest = std::min(nearest, DistanceToEdge(EdgeAt(polygon, i), point));
  return nearest;
}

// -1, 0, 1: `point` lies right of, on, left of the edge's line.
int SideOf(const Edge& edge, Point point) {
  const double turn = Cross(edge.to - edge.from, point - edge.from);
  return turn > 0 ? 1 : (turn < 0 ? -1 : 0);
}

// REQUIRES: `point` lies on the edge's line
bool IsWithin(const Edge& edge, Point point) {
  return std::min(edge.from.x, edge.to.x) <= point.x && point.x <= std::max(edge.from.x, edge.to.x) &&
         std::min(edge.from.y, edge.to.y) <= point.y && point.y <= std::max(edge.from.y, edge.to.y);
}

bool Touch(const Edge& a, const Edge& b) {
  const int from = SideOf(a, b.from);
  const int to = SideOf(a, b.to);
  const int other_from = SideOf(b, a.from);
  const int other_to = SideOf(b, a.to);
  if (from != to && other_from != other_to) return true;
  return (from == 0 && IsWithin(a, b.from)) || (to == 0 && IsWithin(a, b.to)) ||
         (other_from == 0 && IsWithin(b, a.from)) || (other_to == 0 && IsWithin(b, a.to));
}

}  // namespace

double SignedArea(const Polygon& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const auto [a, b] = EdgeAt(polygon, i);
    twice += Cross(a, b);
  }
  return twice / 2;
}

double Area(const Polygon& polygon) { return std::abs(SignedArea(polygon)); }

bool CrossesItself(const Polygon& polygon) {
  const std::size_t count = polygon.size();
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 2; j < count; ++j) {
      const bool neighbours = i == 0 && j == count - 1;
      if (!neighbours && Touch(EdgeAt(polygon, i), EdgeAt(polygon, j))) return true;
    }
  }
  return false;
}

double SignedDepth(const Region& region, Point point) {
  double distance = DistanceToEdges(region.outline, point);
  bool inside = Contains(region.outline, point);
  for (const Polygon& hole : region.holes) {
    distance = std::min(distance, DistanceToEdges(hole, point));
    inside = inside && !Contains(hole, point);
  }
  return inside ? distance : -distance;
}

}  // namespace spotter
