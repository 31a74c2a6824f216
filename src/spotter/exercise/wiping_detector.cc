// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/wiping_detector.h"

#include <algorithm>
#include <vector>

#include "spotter/geometry/strokes.h"

namespace spotter::exercise {
namespace {

using enum KeypointId;

constexpr std::chrono::microseconds kWindow{2'400'000};
constexpr std::chrono::microseconds kLeastSpan{1'600'000};  // of the window, to say anything
constexpr std::chrono::microseconds kLookInterval{150'000};
constexpr float kLeastHandWeight = 0.35F;
constexpr float kSeenShare = 0.7F;  // of the window's frames that must show the hand

// In torso lengths.
constexpr float kFeetTravel = 0.35F;
constexpr float kHipRise = 0.28F;
constexpr double kLeastStroke = 0.16;
constexpr double kLeastExtent = 0.24;
constexpr double kMostExtent = 1.8;
constexpr float kHighestHand = 0.68F;   // above the hips
constexpr float kLowestHand = -0.65F;   // above the hips: a seat or bench
constexpr float kMostHandRise = 0.62F;  // between its lowest and highest
constexpr int kLeastStrokes = 4;

std::optional<Point> MiddleOf(const Joints& joints, KeypointId left, KeypointId right) {
  const Joint& l = joints[left];
  const Joint& r = joints[right];
  if (l.weight > 0 && r.weight > 0) return Midpoint(l.at, r.at);
  if (l.weight > 0) return l.at;
  if (r.weight > 0) return r.at;
  return std::nullopt;
}

std::optional<Point> HandOf(const Joints& joints, KeypointId wrist) {
  if (joints[wrist].weight < kLeastHandWeight) return std::nullopt;
  return joints[wrist].at;
}

// The range of the inner four fifths.
struct Range {
  float low = 0;
  float high = 0;
  float size() const { return high - low; }
};

// REQUIRES: values is not empty
Range InnerRange(std::vector<float> values) {
  std::ranges::sort(values);
  const std::size_t tenth = values.size() / 10;
  return {values[tenth], values[values.size() - 1 - tenth]};
}

}  // namespace

void WipingDetector::Update(const Joints& joints, float torso_length) {
  const std::optional<Point> hips = MiddleOf(joints, kLeftHip, kRightHip);
  if (hips) {
    samples_.push_back({joints.pts,
                        *hips,
                        MiddleOf(joints, kLeftAnkle, kRightAnkle),
                        {HandOf(joints, kLeftWrist), HandOf(joints, kRightWrist)}});
  }
  while (!samples_.empty() && joints.pts - samples_.front().pts > kWindow) samples_.pop_front();
  if (joints.pts < next_look_) return;
  next_look_ = joints.pts + kLookInterval;
  wiping_ = torso_length > 0 && !samples_.empty() && joints.pts - samples_.front().pts >= kLeastSpan &&
            StandsStill(torso_length) && (Sweeps(0, torso_length) || Sweeps(1, torso_length));
}

bool WipingDetector::StandsStill(float torso_length) const {
  std::vector<float> feet_x;
  std::vector<float> feet_y;
  std::vector<float> hips_y;
  for (const Sample& sample : samples_) {
    hips_y.push_back(sample.hips.y);
    feet_x.push_back(sample.ankles.value_or(sample.hips).x);
    feet_y.push_back(sample.ankles.value_or(sample.hips).y);
  }
  const auto travel = [&](const std::vector<float>& values) { return InnerRange(values).size() / torso_length; };
  return travel(feet_x) < kFeetTravel && travel(feet_y) < kFeetTravel && travel(hips_y) < kHipRise;
}

bool WipingDetector::Sweeps(std::size_t hand, float torso_length) const {
  std::vector<Point> path;    // of the hand, from the hips, torso lengths
  std::vector<float> height;  // above the hips
  for (const Sample& sample : samples_) {
    if (!sample.hands[hand]) continue;
    path.push_back((1 / torso_length) * (*sample.hands[hand] - sample.hips));
    height.push_back(-path.back().y);
  }
  if (static_cast<float>(path.size()) < kSeenShare * static_cast<float>(samples_.size()) || path.size() < 3)
    return false;
  const Range heights = InnerRange(height);
  if (heights.low < kLowestHand || heights.high > kHighestHand || heights.size() > kMostHandRise) return false;
  const Strokes strokes = MeasureStrokes(path, kLeastStroke);
  return strokes.count >= kLeastStrokes && strokes.extent >= kLeastExtent && strokes.extent <= kMostExtent;
}

}  // namespace spotter::exercise
