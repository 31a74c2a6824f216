// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/affinity.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace spotter::track {
namespace {

// COCO's per-joint spread (2 sigma), from pycocotools' cocoeval.
constexpr std::array<double, kKeypointCount> kSpread = {0.052, 0.050, 0.050, 0.070, 0.070, 0.158, 0.158, 0.144, 0.144,
                                                        0.124, 0.124, 0.214, 0.214, 0.174, 0.174, 0.178, 0.178};
constexpr float kSeen = 0.2F;  // keypoint confidence
constexpr float kSameSide = 0.6F;
constexpr int kFewestShared = 4;
constexpr double kLeastGain = 1e-3;  // of a pair that is possible
constexpr double kSmallest = 1e-9;

}  // namespace

double HeightOverlap(const Box& a, const Box& b) {
  const double shared = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
  const double together = std::max(a.y1, b.y1) - std::min(a.y0, b.y0);
  return shared > 0 && together > 0 ? shared / together : 0;
}

double Containment(const Box& a, const Box& b) {
  const Box shared = Intersect(a, b);
  if (shared.width() <= 0 || shared.height() <= 0) return 0;
  return shared.area() / std::max<double>(std::min(a.area(), b.area()), kSmallest);
}

bool ShareASide(const Box& a, const Box& b) {
  const auto like = [](float p, float q) { return std::min(p, q) >= kSameSide * std::max(p, q); };
  return like(a.width(), b.width()) || like(a.height(), b.height());
}

double KeypointSimilarity(const Pose& a, Point shift, const Pose& b, double area) {
  int shared = 0;
  double sum = 0;
  for (std::size_t i = 0; i < kKeypointCount; ++i) {
    const Keypoint& p = a.keypoints[i];
    const Keypoint& q = b.keypoints[i];
    if (p.confidence < kSeen || q.confidence < kSeen) continue;
    const double distance = Distance(p.point() + shift, q.point());
    sum += std::exp(-distance * distance / (2 * std::max(area, kSmallest) * kSpread[i] * kSpread[i]));
    ++shared;
  }
  return shared >= kFewestShared ? sum / shared : 0;
}

double PoseSimilarity(const Observation& a, const Observation& b) {
  return KeypointSimilarity(a.pose, {}, b.pose, std::max(a.box.area(), b.box.area()));
}

double Affinity(const Tracklet& track,
                const Observation& observation,
                double least_overlap,
                const AffinityOptions& options) {
  const Box& expected = track.expected_box();
  const Box& last = track.last().box;
  const double overlap = Iou(expected, observation.box);
  if (overlap <= 0) return 0;
  const double area = std::max(last.area(), observation.box.area());
  const Point moved = expected.center() - last.center();
  const double alike = KeypointSimilarity(track.last().pose, moved, observation.pose, area);
  if (overlap < least_overlap && alike < options.pose_gate) return 0;
  const double growth =
      std::max<double>(observation.box.height(), kSmallest) / std::max<double>(last.height(), kSmallest);
  const double gain = options.bonus + overlap * HeightOverlap(expected, observation.box) + options.pose_weight * alike -
                      options.belief_weight * std::abs(track.expected_belief() - observation.belief) -
                      options.height_weight * std::abs(std::log(growth));
  return std::max(kLeastGain, gain);
}

}  // namespace spotter::track
