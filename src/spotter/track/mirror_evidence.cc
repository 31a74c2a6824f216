// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/mirror_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace spotter::track {
namespace {

constexpr double kFewestJoints = 5;  // a frame, on average
constexpr double kSmallest = 1e-9;
constexpr double kLargestLag_s = 0.5;  // NOLINT(readability-identifier-naming): unit suffix

// ---- what counts as evidence; found on rendered scenes, see bench/mirror_scenes.py ----
constexpr double kLeastScale = 0.1;
constexpr double kMostScale = 0.88;  // a reflection is farther from the camera than its source
constexpr double kMirroredAcross = 0.2;
constexpr double kMirroredAnywhere = 0.4;
constexpr double kNoCopy = 0.22;
constexpr double kClearAcross = 0.4;     // mirrored / copied error
constexpr double kClearAnywhere = 0.35;  // the same
constexpr double kLeastShared = 0.2;
constexpr double kMovement = 0.3;  // above the jitter of a small figure
constexpr double kCorrelation = 0.6;
constexpr double kNoCorrelation = 0.35;
constexpr double kLeastGain = 0.5;
constexpr double kMostGain = 1.7;
constexpr double kLag_s = 0.06;       // NOLINT(readability-identifier-naming): unit suffix
constexpr double kClearLag_s = 0.12;  // NOLINT(readability-identifier-naming): unit suffix
constexpr double kClearGain = 0.05;

using Joints = std::array<Point, kBodyJointCount>;

// The joints that both figures of one frame have, about their middle.
struct Shape {
  std::array<bool, kBodyJointCount> shared{};
  int count = 0;
  Point source_center;
  Point image_center;
  Joints source{};
  Joints image{};
};

Shape CenterBoth(const FigurePair& pair, bool mirrored) {
  Shape shape;
  Point source_sum;
  Point image_sum;
  for (std::size_t j = 0; j < kBodyJointCount; ++j) {
    if (!pair.source->seen[j] || !pair.image->has(j, mirrored)) continue;
    shape.shared[j] = true;
    ++shape.count;
    source_sum = source_sum + pair.source->joints[j];
    image_sum = image_sum + pair.image->joint(j, mirrored);
  }
  if (shape.count == 0) return shape;
  const float share = 1.0F / static_cast<float>(shape.count);
  shape.source_center = share * source_sum;
  shape.image_center = share * image_sum;
  for (std::size_t j = 0; j < kBodyJointCount; ++j) {
    if (!shape.shared[j]) continue;
    shape.source[j] = pair.source->joints[j] - shape.source_center;
    shape.image[j] = pair.image->joint(j, mirrored) - shape.image_center;
  }
  return shape;
}

std::vector<Shape> CenterAll(std::span<const FigurePair> frames, bool mirrored) {
  std::vector<Shape> shapes;
  shapes.reserve(frames.size());
  for (const FigurePair& pair : frames) shapes.push_back(CenterBoth(pair, mirrored));
  return shapes;
}

// Calls `use(source, image)` for each shared joint of each frame.
template <typename Use>
void ForEachJoint(const std::vector<Shape>& shapes, const Use& use) {
  for (const Shape& shape : shapes) {
    for (std::size_t j = 0; j < kBodyJointCount; ++j) {
      if (shape.shared[j]) use(shape.source[j], shape.image[j]);
    }
  }
}

int CountJoints(const std::vector<Shape>& shapes) {
  int count = 0;
  for (const Shape& shape : shapes) count += shape.count;
  return count;
}

// A plane mirror that hangs on a wall leaves heights as they are, so the vertical extents tell the scale best.
double Scale(const std::vector<Shape>& shapes) {
  double across = 0;
  double own = 0;
  ForEachJoint(shapes, [&](Point source, Point image) {
    across += static_cast<double>(source.y) * image.y;
    own += static_cast<double>(source.y) * source.y;
  });
  return across / std::max(own, kSmallest);
}

double Size(const std::vector<Shape>& shapes) {
  double sum = 0;
  ForEachJoint(shapes, [&](Point source, Point /*image*/) {
    sum += static_cast<double>(source.x) * source.x + static_cast<double>(source.y) * source.y;
  });
  return std::sqrt(sum / std::max(CountJoints(shapes), 1));
}

void FindCenters(const std::vector<Shape>& shapes, MirrorEvidence& evidence) {
  const float share = 1.0F / static_cast<float>(shapes.size());
  for (const Shape& shape : shapes) {
    evidence.source_center = evidence.source_center + share * shape.source_center;
    evidence.image_center = evidence.image_center + share * shape.image_center;
  }
}

// Mean distances of the image's joints from where the source's, made smaller, would have them; in sizes of the image.
ShapeError FindError(const std::vector<Shape>& shapes, const MirrorEvidence& evidence, double size) {
  const Point along = evidence.image_center - evidence.source_center;
  const double length = std::max<double>(Norm(along), kSmallest);
  const double nx = -along.y / length;
  const double ny = along.x / length;
  ShapeError error;
  ForEachJoint(shapes, [&](Point source, Point image) {
    const Point off = image - static_cast<float>(evidence.scale) * source;
    error.across += std::abs(off.x * nx + off.y * ny);
    error.anywhere += Norm(off);
  });
  const double unit = std::max(CountJoints(shapes), 1) * std::max(evidence.scale * size, kSmallest);
  return {error.across / unit, error.anywhere / unit};
}

// What to follow of a movement: every joint by its name, or the middle between left and right, which does not care when
// the network takes one for the other but suffers when one of them is hidden.
enum class Follow { kJoints, kMiddles };

using Heights = std::array<double, kBodyJointCount>;

// Heights of what is followed about their means over the time, a row a frame; 0 where it is not seen.
struct Movement {
  std::vector<Heights> source;
  std::vector<Heights> image;
};

bool Has(const Shape& shape, std::size_t j, Follow follow) {
  return shape.shared[j] && (follow == Follow::kJoints || shape.shared[OtherSide(j)]);
}

double Height(const Joints& joints, std::size_t j, Follow follow) {
  if (follow == Follow::kJoints) return joints[j].y;
  return 0.5 * (static_cast<double>(joints[j].y) + joints[OtherSide(j)].y);
}

Movement FindMovement(const std::vector<Shape>& shapes, Follow follow) {
  Movement movement;
  Heights source_mean{};
  Heights image_mean{};
  std::array<int, kBodyJointCount> count{};
  for (const Shape& shape : shapes) {
    Heights& source = movement.source.emplace_back();
    Heights& image = movement.image.emplace_back();
    for (std::size_t j = 0; j < kBodyJointCount; ++j) {
      if (!Has(shape, j, follow)) continue;
      source[j] = shape.source_center.y + Height(shape.source, j, follow);
      image[j] = shape.image_center.y + Height(shape.image, j, follow);
      ++count[j];
      source_mean[j] += (source[j] - source_mean[j]) / count[j];
      image_mean[j] += (image[j] - image_mean[j]) / count[j];
    }
  }
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    for (std::size_t j = 0; j < kBodyJointCount; ++j) {
      if (!Has(shapes[i], j, follow)) continue;
      movement.source[i][j] -= source_mean[j];
      movement.image[i][j] -= image_mean[j];
    }
  }
  return movement;
}

// Mean product of the rows of `a` and those of `b` that are `late` frames later.
double Product(const std::vector<Heights>& a, const std::vector<Heights>& b, int late) {
  const auto frames = static_cast<int>(a.size());
  double sum = 0;
  for (int i = std::max(0, -late); i < std::min(frames, frames - late); ++i) {
    const int later = i + late;
    const Heights& now = a[static_cast<std::size_t>(i)];
    const Heights& then = b[static_cast<std::size_t>(later)];
    for (std::size_t j = 0; j < kBodyJointCount; ++j) sum += now[j] * then[j];
  }
  return sum / std::max(frames - std::abs(late), 1);
}

// The shift at which two movements fit best, between frames by a parabola.
struct BestShift {
  double late = 0;     // frames
  double product = 0;  // at the best whole frame
};

BestShift FindBestShift(const Movement& movement, int reach) {
  std::vector<double> products;
  for (int late = -reach; late <= reach; ++late) products.push_back(Product(movement.source, movement.image, late));
  const auto best = static_cast<int>(std::max_element(products.begin(), products.end()) - products.begin());
  BestShift shift{.late = static_cast<double>(best - reach), .product = products[static_cast<std::size_t>(best)]};
  if (best == 0 || best == 2 * reach) return shift;
  const double before = products[static_cast<std::size_t>(best) - 1];
  const double after = products[static_cast<std::size_t>(best) + 1];
  const double bend = before - 2 * shift.product + after;
  if (bend < 0) shift.late += 0.5 * (before - after) / bend;
  return shift;
}

void CompareMovement(const std::vector<Shape>& shapes, Follow follow, double size, MirrorEvidence& evidence) {
  const Movement movement = FindMovement(shapes, follow);
  const double source = Product(movement.source, movement.source, 0);
  const double image = Product(movement.image, movement.image, 0);
  const double both = Product(movement.source, movement.image, 0);
  const double scale = std::max(evidence.scale, kSmallest);
  size = std::max(size, kSmallest);
  evidence.movement = std::max(std::sqrt(source), std::sqrt(image) / scale) / size;
  evidence.shared = std::sqrt(std::max(both, 0.0) / scale) / size;
  const double norm = std::max(std::sqrt(source * image), kSmallest * kSmallest);
  evidence.correlation = both / norm;
  evidence.gain = both / std::max(source * scale, kSmallest * kSmallest);
  // Not worth the time for two who have nothing in common.
  if (evidence.correlation < kNoCorrelation || shapes.size() < 3) return;
  const double interval_s = std::max(evidence.seconds / static_cast<double>(shapes.size() - 1), kSmallest);
  const auto reach = std::min<double>(kLargestLag_s / interval_s, static_cast<double>(shapes.size()) / 3);
  const BestShift best = FindBestShift(movement, static_cast<int>(reach));
  evidence.lag_s = best.late * interval_s;
  evidence.gain_by_lag = best.product / norm - evidence.correlation;
}

}  // namespace

std::optional<MirrorEvidence> Compare(std::span<const FigurePair> frames) {
  const std::vector<Shape> mirrored = CenterAll(frames, true);
  if (frames.empty() || CountJoints(mirrored) < kFewestJoints * static_cast<double>(frames.size())) return std::nullopt;
  MirrorEvidence evidence;
  evidence.seconds = ToSeconds(frames.back().source->pts - frames.front().source->pts);
  evidence.scale = Scale(mirrored);
  if (evidence.scale < kLeastScale) return std::nullopt;
  const double size = Size(mirrored);
  FindCenters(mirrored, evidence);
  evidence.mirrored = FindError(mirrored, evidence, size);
  evidence.copied = FindError(CenterAll(frames, false), evidence, size);
  MirrorEvidence by_middles = evidence;
  CompareMovement(mirrored, Follow::kJoints, size, evidence);
  CompareMovement(mirrored, Follow::kMiddles, size, by_middles);
  return by_middles.correlation > evidence.correlation ? by_middles : evidence;
}

bool IsMirrored(const MirrorEvidence& evidence) {
  const ShapeError& mirrored = evidence.mirrored;
  const ShapeError& copied = evidence.copied;
  const bool across = copied.across >= kNoCopy && mirrored.across <= kClearAcross * copied.across;
  const bool anywhere = mirrored.anywhere <= kMirroredAnywhere && mirrored.anywhere <= kClearAnywhere * copied.anywhere;
  return evidence.scale <= kMostScale && mirrored.across <= kMirroredAcross && (across || anywhere);
}

bool MovesAsOne(const MirrorEvidence& evidence) {
  return evidence.shared >= kLeastShared && evidence.correlation >= kCorrelation && evidence.gain >= kLeastGain &&
         evidence.gain <= kMostGain && std::abs(evidence.lag_s) <= kLag_s;
}

bool MovesApart(const MirrorEvidence& evidence) {
  const bool late = std::abs(evidence.lag_s) >= kClearLag_s && evidence.gain_by_lag >= kClearGain;
  return evidence.movement >= kMovement && (late || evidence.correlation < kNoCorrelation);
}

}  // namespace spotter::track
