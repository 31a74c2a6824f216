// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/appearance_sampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>
#include <span>

namespace spotter::perceive {
namespace {

using Histogram = Appearance::Histogram;

constexpr float kSeen = 0.4F;  // joint confidence
constexpr int kAcrossTrunk = 8;
constexpr int kAlongTrunk = 10;
constexpr int kAlongThigh = 20;
// Not the very joints: skin, background and the other part are near.
constexpr float kMargin = 0.15F;
constexpr float kFullRangeLuma = 255.0F / 219.0F;
constexpr float kFullRangeChroma = 255.0F / 224.0F;
// Of the chroma (0..180) to the luma (0..255): below the first grey, then pale, medium and vivid.
constexpr std::array<float, Appearance::kSaturations> kSaturationFrom = {0.08F, 0.2F, 0.4F};
constexpr float kDark = 24;  // luma, below which a hue is noise

struct Color {
  float luma = 0;  // 0..255
  float u = 0;     // -128..127
  float v = 0;
};

float Mix(float a, float b, float share) { return a + share * (b - a); }
Point Mix(Point a, Point b, float share) { return {Mix(a.x, b.x, share), Mix(a.y, b.y, share)}; }

class ColorHistogram {
 public:
  explicit ColorHistogram(const Frame& frame) : frame_(frame) {}

  // Nothing is added for a point outside of the frame.
  void Add(Point fraction) {
    if (!(fraction.x >= 0 && fraction.x < 1 && fraction.y >= 0 && fraction.y < 1)) return;
    const Color color = ColorAt(static_cast<int>(fraction.x * static_cast<float>(frame_.width)),
                                static_cast<int>(fraction.y * static_cast<float>(frame_.height)));
    const float saturation = std::hypot(color.u, color.v) / std::max(color.luma, 1.0F);
    if (color.luma < kDark || saturation < kSaturationFrom.front()) {
      AddGrey(color.luma);
    } else {
      AddHue(std::atan2(color.v, color.u), saturation);
    }
    ++samples_;
  }

  std::optional<Histogram> Get(int fewest) const {
    if (samples_ < fewest) return std::nullopt;
    Histogram shares = counts_;
    for (float& share : shares) share /= static_cast<float>(samples_);
    return shares;
  }

 private:
  Color ColorAt(int x, int y) const {
    const auto at = [](const Frame::Plane& plane, int column, int row) {
      return static_cast<float>(plane.data[std::ptrdiff_t{plane.stride} * row + column]);
    };
    const float luma = at(frame_.planes[0], x, y);
    const float u = at(frame_.planes[1], x / 2, y / 2) - 128;
    const float v = at(frame_.planes[2], x / 2, y / 2) - 128;
    if (frame_.full_range) return {luma, u, v};
    return {std::max(0.0F, luma - 16) * kFullRangeLuma, u * kFullRangeChroma, v * kFullRangeChroma};
  }

  void AddGrey(float luma) {
    constexpr auto kLast = static_cast<float>(Appearance::kGreys - 1);
    const float place = std::clamp(luma / 255 * kLast, 0.0F, kLast);
    const auto below = std::min(static_cast<std::size_t>(place), Appearance::kGreys - 2);
    const float share = place - static_cast<float>(below);
    constexpr std::size_t kFirst = Appearance::kHues * Appearance::kSaturations;
    counts_[kFirst + below] += 1 - share;
    counts_[kFirst + below + 1] += share;
  }

  void AddHue(float angle, float saturation) {
    std::size_t level = Appearance::kSaturations - 1;
    while (level > 0 && saturation < kSaturationFrom[level]) --level;
    const float turn = angle / (2 * std::numbers::pi_v<float>)+0.5F;
    const float place = turn * static_cast<float>(Appearance::kHues);
    const auto hue = static_cast<std::size_t>(place);
    const float share = place - static_cast<float>(hue);
    const auto bin = [level](std::size_t h) { return level * Appearance::kHues + h % Appearance::kHues; };
    counts_[bin(hue)] += 1 - share;
    counts_[bin(hue + 1)] += share;
  }

  const Frame& frame_;
  Histogram counts_{};
  int samples_ = 0;
};

// Of the samples from one joint to the other.
float Along(int i, int count) {
  return Mix(kMargin, 1 - kMargin, static_cast<float>(i) / static_cast<float>(count - 1));
}

std::optional<Histogram> Trunk(const Frame& frame, const Pose& pose) {
  const Keypoint& left_shoulder = pose[KeypointId::kLeftShoulder];
  const Keypoint& right_shoulder = pose[KeypointId::kRightShoulder];
  const Keypoint& left_hip = pose[KeypointId::kLeftHip];
  const Keypoint& right_hip = pose[KeypointId::kRightHip];
  for (const Keypoint* joint : {&left_shoulder, &right_shoulder, &left_hip, &right_hip}) {
    if (joint->confidence < kSeen) return std::nullopt;
  }
  ColorHistogram histogram(frame);
  for (int row = 0; row < kAlongTrunk; ++row) {
    const float down = Along(row, kAlongTrunk);
    const Point left = Mix(left_shoulder.point(), left_hip.point(), down);
    const Point right = Mix(right_shoulder.point(), right_hip.point(), down);
    for (int column = 0; column < kAcrossTrunk; ++column) histogram.Add(Mix(left, right, Along(column, kAcrossTrunk)));
  }
  return histogram.Get(kAlongTrunk * kAcrossTrunk / 2);
}

std::optional<Histogram> Thighs(const Frame& frame, const Pose& pose) {
  ColorHistogram histogram(frame);
  const auto add = [&](KeypointId hip, KeypointId knee) {
    if (pose[hip].confidence < kSeen || pose[knee].confidence < kSeen) return;
    for (int i = 0; i < kAlongThigh; ++i) {
      histogram.Add(Mix(pose[hip].point(), pose[knee].point(), Along(i, kAlongThigh)));
    }
  };
  add(KeypointId::kLeftHip, KeypointId::kLeftKnee);
  add(KeypointId::kRightHip, KeypointId::kRightKnee);
  return histogram.Get(kAlongThigh / 2);
}

}  // namespace

Appearance SampleAppearance(const Frame& frame, const Pose& pose) {
  return {.upper = Trunk(frame, pose), .lower = Thighs(frame, pose)};
}

}  // namespace spotter::perceive
