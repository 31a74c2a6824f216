// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/learned_mirror.h"

#include <algorithm>
#include <cmath>

namespace spotter::track {
namespace {

// Lines that are nearly parallel say little about how far away they meet; the sizes do, with this weight.
constexpr double kSizeWeight = 0.02;
constexpr double kMemory = 0.99;     // of what was learned before, at each lesson
constexpr double kTolerance = 0.15;  // of the distance between person and reflection
constexpr std::size_t kMostPlaces = 64;
constexpr float kApart = 0.02F;           // places on the floor, frame heights
constexpr float kShortestLine = 0.2F;     // frame heights
constexpr double kStraight = 0.1;         // deviation of the places from the line / its length
constexpr float kBeyondEnds = 0.25F;      // of the line's length, where the mirror is thought to go on
constexpr double kBehindByHeights = 0.1;  // of the figure's height from shoulders to feet
constexpr double kSmallest = 1e-9;

double Dot(Point a, Point b) { return static_cast<double>(a.x) * b.x + static_cast<double>(a.y) * b.y; }
Point LeftOf(Point direction) { return {-direction.y, direction.x}; }

}  // namespace

void LearnedMirror::Learn(const MirrorEvidence& pair, const Figure& source, const Figure& image) {
  const Point way = pair.image_center - pair.source_center;
  const double length_squared = Dot(way, way);
  if (length_squared < kSmallest || pair.scale >= 1) return;
  const Point across = LeftOf(way);
  const double weight = 1 / (length_squared * length_squared);
  const Point by_size = pair.source_center + static_cast<float>(1 / (1 - pair.scale)) * way;
  const double size_weight = kSizeWeight / length_squared;
  const double offset = Dot(across, pair.source_center);
  xx_ = kMemory * xx_ + weight * across.x * across.x + size_weight;
  xy_ = kMemory * xy_ + weight * across.x * across.y;
  yy_ = kMemory * yy_ + weight * across.y * across.y + size_weight;
  x_ = kMemory * x_ + weight * across.x * offset + size_weight * by_size.x;
  y_ = kMemory * y_ + weight * across.y * offset + size_weight * by_size.y;
  if (source.ground && image.ground) LearnFloor(*source.ground, *image.ground, pair.scale);
}

void LearnedMirror::LearnFloor(Point source, Point image, double scale) {
  // Half way in the room; nearer to the smaller one in the picture.
  const Point foot = source + static_cast<float>(1 / (1 + scale)) * (image - source);
  const bool known = std::any_of(floor_.begin(), floor_.end(), [&](Point p) { return Distance(p, foot) < kApart; });
  if (known || floor_.size() >= kMostPlaces) return;
  floor_.push_back(foot);
  behind_ = image;
  FitFloorLine();
}

// Total least squares: the direction of the largest spread.
void LearnedMirror::FitFloorLine() {
  line_.reset();
  Point mean;
  for (const Point& p : floor_) mean = mean + 1.0F / static_cast<float>(floor_.size()) * p;
  double sxx = 0;
  double sxy = 0;
  double syy = 0;
  for (const Point& p : floor_) {
    const Point d = p - mean;
    sxx += Dot({d.x, 0}, d);
    sxy += static_cast<double>(d.x) * d.y;
    syy += Dot({0, d.y}, d);
  }
  const double angle = 0.5 * std::atan2(2 * sxy, sxx - syy);
  FloorLine line{.point = mean,
                 .direction = {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))}};
  double deviation = 0;
  for (const Point& p : floor_) {
    const auto along = static_cast<float>(Dot(p - mean, line.direction));
    line.from = std::min(line.from, along);
    line.to = std::max(line.to, along);
    deviation += std::abs(Dot(p - mean, LeftOf(line.direction)));
  }
  const float length = line.to - line.from;
  if (length >= kShortestLine && deviation <= kStraight * length * static_cast<double>(floor_.size())) line_ = line;
}

std::optional<Point> LearnedMirror::VanishingPoint() const {
  const double determinant = xx_ * yy_ - xy_ * xy_;
  if (determinant <= 0) return std::nullopt;
  return Point{static_cast<float>((yy_ * x_ - xy_ * y_) / determinant),
               static_cast<float>((xx_ * y_ - xy_ * x_) / determinant)};
}

bool LearnedMirror::Explains(const MirrorEvidence& pair) const {
  const std::optional<Point> end = VanishingPoint();
  if (!end || pair.scale >= 1) return false;
  const Point expected = pair.source_center + static_cast<float>(1 - pair.scale) * (*end - pair.source_center);
  return Distance(expected, pair.image_center) <= kTolerance * Distance(pair.source_center, pair.image_center);
}

std::optional<bool> LearnedMirror::IsBehind(const Figure& figure) const {
  const std::optional<Point> end = VanishingPoint();
  if (!line_ || !end || !figure.ground || !figure.seen[0] || !figure.seen[1]) return std::nullopt;
  const Point ground = *figure.ground;
  const Point across = LeftOf(line_->direction);
  const double side = Dot(behind_ - line_->point, across) < 0 ? -1 : 1;
  const double depth = side * Dot(ground - line_->point, across);
  // Where the line of sight of the reflection's source meets the mirror's foot.
  const double slope = Dot(*end - ground, across);
  if (std::abs(slope) < kSmallest) return std::nullopt;
  const Point foot = ground + static_cast<float>(-side * depth / slope) * (*end - ground);
  const auto along = static_cast<float>(Dot(foot - line_->point, line_->direction));
  const float margin = kBeyondEnds * (line_->to - line_->from);
  if (along < line_->from - margin || along > line_->to + margin) return std::nullopt;
  const double height = ground.y - Midpoint(figure.joints[0], figure.joints[1]).y;
  return depth >= kBehindByHeights * height;
}

}  // namespace spotter::track
