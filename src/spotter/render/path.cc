// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/path.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <utility>

namespace spotter::render {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;

// Steps that keep the chord of an arc within a twentieth of a pixel of it.
int StepsForArc(float radius, float radians) {
  const float step = 2 * std::acos(1 - std::min(1.0F, 0.05F / std::max(radius, 0.1F)));
  return std::clamp(static_cast<int>(std::ceil(radians / step)), 2, 90);
}

// From angle `from` over `radians` (y down: clockwise on screen).
struct Arc {
  Point center;
  float radius;
  float from;
  float radians;
};

void AppendArc(std::vector<Point>& points, const Arc& arc) {
  const int steps = StepsForArc(arc.radius, arc.radians);
  for (int i = 0; i <= steps; ++i) {
    const float angle = arc.from + arc.radians * static_cast<float>(i) / static_cast<float>(steps);
    points.push_back({arc.center.x + arc.radius * std::cos(angle), arc.center.y + arc.radius * std::sin(angle)});
  }
}

struct PixelRect {
  int x0;
  int y0;
  int x1;
  int y1;
};

// The pixels that a path can touch; nullopt when there are none.
std::optional<PixelRect> TouchedPixels(const Canvas& canvas, std::span<const Point> points) {
  if (points.empty()) return std::nullopt;
  Box bounds{points[0].x, points[0].y, points[0].x, points[0].y};
  for (const Point p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return std::nullopt;
    bounds = {std::min(bounds.x0, p.x), std::min(bounds.y0, p.y), std::max(bounds.x1, p.x), std::max(bounds.y1, p.y)};
  }
  bounds = Intersect(bounds, {0, 0, static_cast<float>(canvas.width()), static_cast<float>(canvas.height())});
  if (bounds.width() <= 0 || bounds.height() <= 0) return std::nullopt;
  return PixelRect{static_cast<int>(std::floor(bounds.x0)), static_cast<int>(std::floor(bounds.y0)),
                   static_cast<int>(std::ceil(bounds.x1)), static_cast<int>(std::ceil(bounds.y1))};
}

// To the nearest integer; std::lround would be a call for each pixel. REQUIRES: value >= 0
int NearestInt(float value) {
  constexpr float kHalf = 0.5F;
  return static_cast<int>(value + kHalf);
}

// `alpha` of 255 replaces the pixel.
void Blend(std::uint8_t* pixel, Color color, int alpha) {
  const std::array<int, 3> bgr{color.b, color.g, color.r};
  for (std::size_t c = 0; c < 3; ++c)
    pixel[c] = static_cast<std::uint8_t>((pixel[c] * (255 - alpha) + bgr[c] * alpha + 127) / 255);
}

// The same alpha for `count` pixels in a row; `paint.opacity` is in 255ths here.
void BlendRun(std::uint8_t* pixel, int count, const Paint& paint) {
  const auto alpha = static_cast<std::uint16_t>(NearestInt(paint.opacity));
  const auto keep = static_cast<std::uint16_t>(255 - alpha);
  // 127 rounds as Blend does; (v + 1 + (v >> 8)) >> 8 is v / 255 for every 16-bit v that can occur.
  const auto add = [alpha](std::uint8_t c) { return static_cast<std::uint16_t>(c * alpha + 127); };
  const std::array<std::uint16_t, 3> bgr{add(paint.color.b), add(paint.color.g), add(paint.color.r)};
  for (int i = 0; i < count; ++i, pixel += 3) {
    for (std::size_t c = 0; c < 3; ++c) {
      const auto v = static_cast<std::uint16_t>(pixel[c] * keep + bgr[c]);
      pixel[c] = static_cast<std::uint8_t>((v + 1 + (v >> 8)) >> 8);
    }
  }
}

// Signed area that the contours' edges add to each cell; summed along a row it is the coverage.
class CoverageMask {
 public:
  explicit CoverageMask(const PixelRect& rect)
      : rect_(rect),
        width_(static_cast<std::size_t>(rect.x1 - rect.x0)),
        cells_((width_ + 2) * static_cast<std::size_t>(rect.y1 - rect.y0)),
        touched_(static_cast<std::size_t>(rect.y1 - rect.y0), {width_, 0}) {}

  void AddEdge(Point a, Point b) {
    if (a.y == b.y) return;
    const float direction = a.y < b.y ? 1.0F : -1.0F;
    if (direction < 0) std::swap(a, b);
    const float slope = (b.x - a.x) / (b.y - a.y);
    const float top = std::max(a.y, static_cast<float>(rect_.y0));
    const float bottom = std::min(b.y, static_cast<float>(rect_.y1));
    for (int y = static_cast<int>(std::floor(top)); static_cast<float>(y) < bottom; ++y) {
      const float from = std::max(top, static_cast<float>(y));
      const float to = std::min(bottom, static_cast<float>(y + 1));
      AddInRow(y, a.x + (from - a.y) * slope, a.x + (to - a.y) * slope, direction * (to - from));
    }
  }

  // Blends the paint into the canvas.
  void Composite(Canvas& canvas, const Paint& paint) const {
    const float opacity = 255.0F * std::clamp(paint.opacity, 0.0F, 1.0F);
    for (int y = rect_.y0; y < rect_.y1; ++y) {
      const auto row = static_cast<std::size_t>(y - rect_.y0);
      const auto [first, last] = touched_[row];
      if (first >= last) continue;
      const float* cell = &cells_[(width_ + 2) * row];
      std::uint8_t* pixel = canvas.Row(y) + 3 * (static_cast<std::size_t>(rect_.x0) + first);
      float sum = 0;
      for (std::size_t x = first; x < last; ++x, pixel += 3) {
        sum += cell[x];
        const int alpha = NearestInt(std::min(1.0F, std::abs(sum)) * opacity);
        if (alpha > 0) Blend(pixel, paint.color, alpha);
      }
    }
  }

 private:
  // An edge piece within one row, `cover` = its signed height. Left of the mask it covers whole rows, right of it none.
  void AddInRow(int y, float xa, float xb, float cover) {
    const auto inside = [&](float x) {
      return std::clamp(x - static_cast<float>(rect_.x0), 0.0F, static_cast<float>(width_));
    };
    const float low = inside(std::min(xa, xb));
    const float high = inside(std::max(xa, xb));
    const auto row = static_cast<std::size_t>(y - rect_.y0);
    float* cells = &cells_[(width_ + 2) * row];
    auto& [first, last] = touched_[row];
    first = std::min(first, static_cast<std::size_t>(low));
    last = std::min(width_, std::max(last, static_cast<std::size_t>(high) + 1));
    for (auto cell = static_cast<std::size_t>(low);; ++cell) {
      const auto left = static_cast<float>(cell);
      const float begin = std::max(low, left);
      const float end = std::min(high, left + 1);
      const float part = high > low ? cover * (end - begin) / (high - low) : cover;
      const float inside_cell = 0.5F * (begin + end) - left;
      cells[cell] += part * (1 - inside_cell);
      cells[cell + 1] += part * inside_cell;
      if (high <= left + 1) break;
    }
  }

  PixelRect rect_;
  std::size_t width_;
  std::vector<float> cells_;
  std::vector<std::pair<std::size_t, std::size_t>> touched_;  // of each row: first cell, behind the last
};

}  // namespace

void Path::AddPolygon(std::span<const Point> points) {
  points_.insert(points_.end(), points.begin(), points.end());
  ends_.push_back(points_.size());
}

void Path::AddRect(const Box& rect) {
  AddPolygon(std::array<Point, 4>{{{rect.x0, rect.y0}, {rect.x1, rect.y0}, {rect.x1, rect.y1}, {rect.x0, rect.y1}}});
}

void Path::AddRoundedRect(const Box& rect, float radius) {
  const float r = std::min({radius, 0.5F * rect.width(), 0.5F * rect.height()});
  if (r <= 0) {
    AddRect(rect);
    return;
  }
  AppendArc(points_, {{rect.x0 + r, rect.y0 + r}, r, kPi, kPi / 2});
  AppendArc(points_, {{rect.x1 - r, rect.y0 + r}, r, 1.5F * kPi, kPi / 2});
  AppendArc(points_, {{rect.x1 - r, rect.y1 - r}, r, 0, kPi / 2});
  AppendArc(points_, {{rect.x0 + r, rect.y1 - r}, r, kPi / 2, kPi / 2});
  ends_.push_back(points_.size());
}

void Path::AddCircle(Point center, float radius) {
  AppendArc(points_, {center, radius, 0, 2 * kPi});
  ends_.push_back(points_.size());
}

void Path::AddLine(Point from, Point to, float width) {
  const float angle = std::atan2(to.y - from.y, to.x - from.x);
  AppendArc(points_, {to, 0.5F * width, angle - kPi / 2, kPi});
  AppendArc(points_, {from, 0.5F * width, angle + kPi / 2, kPi});
  ends_.push_back(points_.size());
}

void Path::AddPolyline(std::span<const Point> points, float width) {
  for (std::size_t i = 1; i < points.size(); ++i) AddLine(points[i - 1], points[i], width);
}

void Fill(Canvas& canvas, const Path& path, const Paint& paint) {
  const auto touched = TouchedPixels(canvas, path.points());
  if (!touched) return;
  CoverageMask mask(*touched);
  std::size_t first = 0;
  for (const std::size_t end : path.ends()) {
    for (std::size_t i = first; i < end; ++i) {
      mask.AddEdge(path.points()[i], path.points()[i + 1 < end ? i + 1 : first]);
    }
    first = end;
  }
  mask.Composite(canvas, paint);
}

void FillRect(Canvas& canvas, const Box& rect, const Paint& paint) {
  const std::array<Point, 2> corners{{{rect.x0, rect.y0}, {rect.x1, rect.y1}}};
  const auto touched = TouchedPixels(canvas, corners);
  if (!touched || rect.width() <= 0 || rect.height() <= 0) return;
  const float opacity = 255.0F * std::clamp(paint.opacity, 0.0F, 1.0F);
  const auto covered = [](float from, float to, int pixel) {
    return std::min(to, static_cast<float>(pixel + 1)) - std::max(from, static_cast<float>(pixel));
  };
  for (int y = touched->y0; y < touched->y1; ++y) {
    const float row = opacity * covered(rect.y0, rect.y1, y);
    const auto alpha_at = [&](int x) { return NearestInt(row * covered(rect.x0, rect.x1, x)); };
    std::uint8_t* line = canvas.Row(y);
    const int last = touched->x1 - 1;
    Blend(line + 3 * touched->x0, paint.color, alpha_at(touched->x0));
    if (last == touched->x0) continue;
    BlendRun(line + 3 * (touched->x0 + 1), last - touched->x0 - 1, {paint.color, row});
    Blend(line + 3 * last, paint.color, alpha_at(last));
  }
}

void FillRoundedRect(Canvas& canvas, const Box& rect, float radius, const Paint& paint) {
  Path path;
  path.AddRoundedRect(rect, radius);
  Fill(canvas, path, paint);
}

void FillCircle(Canvas& canvas, Point center, float radius, const Paint& paint) {
  Path path;
  path.AddCircle(center, radius);
  Fill(canvas, path, paint);
}

void DrawLine(Canvas& canvas, const Segment& segment, float width, const Paint& paint) {
  Path path;
  path.AddLine(segment.from, segment.to, width);
  Fill(canvas, path, paint);
}

}  // namespace spotter::render
