// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/pose_filter.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace spotter::exercise {
namespace {

constexpr double kHalfWindowS = 0.09;
constexpr int kMaxHalfWidth = 2;
constexpr std::size_t kWindowFrames = 8;
// A swap that lasts longer than this is the model's new opinion, not a glitch.
constexpr double kMaxSwapS = 0.4;
// Members farther than this share of the body's extent from the median are outliers.
constexpr float kTrimShare = 0.06F;

using Limb = std::array<KeypointId, 3>;
constexpr std::array<Limb, 2> kLeftLimbs = {
    {{KeypointId::kLeftShoulder, KeypointId::kLeftElbow, KeypointId::kLeftWrist},
     {KeypointId::kLeftHip, KeypointId::kLeftKnee, KeypointId::kLeftAnkle}}};

float Extent(const Joints& joints) {
  Point low{1e9F, 1e9F};
  Point high{-1e9F, -1e9F};
  for (const Joint& joint : joints.joints) {
    if (joint.weight <= 0) continue;
    low = {std::min(low.x, joint.at.x), std::min(low.y, joint.at.y)};
    high = {std::max(high.x, joint.at.x), std::max(high.y, joint.at.y)};
  }
  return std::max({high.x - low.x, high.y - low.y, 1e-4F});
}

void SwapSides(Joints& joints, KeypointId left) {
  const KeypointId right = Mirrored(left);
  std::swap(joints[left], joints[right]);
  if (joints.world)
    std::swap((*joints.world)[static_cast<std::size_t>(left)], (*joints.world)[static_cast<std::size_t>(right)]);
}

struct LimbCost {
  float straight = 0;
  float crossed = 0;
};

// How far the limb's joints are from where they were, as named and with the sides exchanged.
LimbCost Compare(const Joints& now, const Joints& before, const Limb& left_limb) {
  LimbCost cost;
  for (const KeypointId left : left_limb) {
    const KeypointId right = Mirrored(left);
    if (std::min({now[left].weight, now[right].weight, before[left].weight, before[right].weight}) <= 0) continue;
    cost.straight += Distance(now[left].at, before[left].at) + Distance(now[right].at, before[right].at);
    cost.crossed += Distance(now[left].at, before[right].at) + Distance(now[right].at, before[left].at);
  }
  return cost;
}

float Median(std::array<float, 2 * kMaxHalfWidth + 1>& values, int count) {
  const auto middle = values.begin() + count / 2;
  std::nth_element(values.begin(), middle, values.begin() + count);
  if (count % 2 == 1) return *middle;
  return 0.5F * (*middle + *std::max_element(values.begin(), middle));
}

}  // namespace

void PoseFilter::Reset() { *this = PoseFilter(); }

int PoseFilter::HalfWidth() const {
  if (interval_s_ <= 0) return 1;
  return std::clamp(static_cast<int>(kHalfWindowS / interval_s_), 0, kMaxHalfWidth);
}

void PoseFilter::UndoSwaps(Joints& joints) {
  if (window_.empty()) return;
  const Joints& before = window_.back();
  const float jump = 0.1F * Extent(joints);
  bool swapped = false;
  Joints undone = joints;
  for (const Limb& limb : kLeftLimbs) {
    const LimbCost cost = Compare(joints, before, limb);
    if (cost.straight < jump || cost.crossed > 0.4F * cost.straight) continue;
    swapped = true;
    for (const KeypointId left : limb) SwapSides(undone, left);
  }
  if (!swapped) {
    swapped_since_ = Pts{-1};
    return;
  }
  if (swapped_since_ < Pts{0}) swapped_since_ = joints.pts;
  if (ToSeconds(joints.pts - swapped_since_) <= kMaxSwapS) joints = undone;
}

std::optional<Joints> PoseFilter::Push(Joints joints) {
  if (!window_.empty()) {
    const double dt = ToSeconds(joints.pts - window_.back().pts);
    if (dt > 0.7)
      Reset();
    else
      interval_s_ = interval_s_ <= 0 ? dt : interval_s_ + 0.2 * (dt - interval_s_);
  }
  UndoSwaps(joints);
  window_.push_back(joints);
  const int half = HalfWidth();
  if (next_ + static_cast<std::size_t>(half) >= window_.size()) return std::nullopt;
  Joints ready = SmoothedAt(next_++, half);
  while (window_.size() > kWindowFrames && next_ > kMaxHalfWidth) {
    window_.pop_front();
    --next_;
  }
  return ready;
}

std::optional<Joints> PoseFilter::Flush() {
  if (next_ >= window_.size()) return std::nullopt;
  const std::size_t center = next_++;
  return SmoothedAt(center, HalfWidth());
}

Joints PoseFilter::SmoothedAt(std::size_t center, int half) const {
  Joints result = window_[center];
  const auto c = static_cast<int>(center);
  // Symmetric, so that the mean has no lag even at the ends.
  half = std::min({half, c, static_cast<int>(window_.size()) - 1 - c});
  if (half <= 0) return result;
  const float trim = kTrimShare * Extent(result);
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    std::array<float, 2 * kMaxHalfWidth + 1> xs{};
    std::array<float, 2 * kMaxHalfWidth + 1> ys{};
    int count = 0;
    for (int i = c - half; i <= c + half; ++i) {
      const Joint& joint = window_[static_cast<std::size_t>(i)].joints[j];
      if (joint.weight <= 0) continue;
      xs[static_cast<std::size_t>(count)] = joint.at.x;
      ys[static_cast<std::size_t>(count++)] = joint.at.y;
    }
    if (count == 0) continue;
    const Point median{Median(xs, count), Median(ys, count)};
    Point sum{};
    float weights = 0;
    for (int i = c - half; i <= c + half; ++i) {
      const Joint& joint = window_[static_cast<std::size_t>(i)].joints[j];
      if (joint.weight <= 0 || Distance(joint.at, median) > trim) continue;
      sum = sum + joint.weight * joint.at;
      weights += joint.weight;
    }
    result.joints[j].at = weights > 0 ? (1 / weights) * sum : median;
    if (result.joints[j].weight <= 0) result.joints[j].weight = kMinJointConfidence;
  }
  return result;
}

}  // namespace spotter::exercise
