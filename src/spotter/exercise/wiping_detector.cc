// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/wiping_detector.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "spotter/base/quantile.h"
#include "spotter/geometry/strokes.h"

namespace spotter::exercise {
namespace {

using enum KeypointId;

constexpr std::chrono::microseconds kWindow{2'400'000};
constexpr std::chrono::microseconds kLookInterval{150'000};
constexpr float kLeastWeight = 0.3F;   // of a hand, to be followed,
constexpr float kSeenWeight = 0.4F;    // and in the mean: one that is hidden is guessed to and fro
constexpr float kSureWeight = 0.6F;    // of a foot: the one behind a machine is guessed, also under the other's name
constexpr float kSeenShare = 0.5F;     // of the window's frames that must show it
constexpr float kLegPerTorso = 1.68F;  // hips to ankles, of shoulders to hips (Drillis & Contini 1966)

// In torso lengths.
constexpr float kFootTravel = 0.5F;  // a step, or walking on the spot
constexpr float kHipRise = 0.28F;
constexpr float kShoulderTravel = 0.5F;  // who lifts from the floor bends and straightens
constexpr double kLeastStroke = 0.16;
constexpr double kStrokeShare = 0.25;  // of the extent: a hand that goes somewhere trembles, and does not wipe
constexpr double kLeastExtent = 0.24;
constexpr double kMostExtent = 1.8;
constexpr float kHighestHand = 0.9F;  // above the hips: what is before somebody seen from behind and above looks high
constexpr float kHighestFlat = 1.3F;  // where it stays at one height and goes far: nobody presses or pulls like that
constexpr float kMostFlatRise = 0.42F;
constexpr double kLeastFlatExtent = 0.4;
constexpr float kLowestHand = -0.65F;   // above the hips: a seat or bench
constexpr float kMostHandRise = 0.62F;  // between its lowest and highest
constexpr int kLeastStrokes = 4;        // in the window, to begin
constexpr int kGoingOn = 3;             // and to go on: who changes the place or the hand loses a stroke

// The longer of the ways across and up; 0 = no path.
float Travel(const std::vector<Point>& path) {
  return std::max(InnerRangeOf(path, &Point::x).size(), InnerRangeOf(path, &Point::y).size());
}

}  // namespace

void WipingDetector::Update(const Joints& joints, float known_torso_length) {
  if (const auto hips = MiddleOf(joints, kLeftHip, kRightHip)) samples_.push_back({joints, *hips});
  while (!samples_.empty() && joints.pts - samples_.front().joints.pts > kWindow) samples_.pop_front();
  if (joints.pts < next_look_) return;
  next_look_ = joints.pts + kLookInterval;
  const float torso_length = std::max(known_torso_length, TorsoByLegs());
  wiping_ = torso_length > 0 && !samples_.empty() && joints.pts - samples_.front().joints.pts >= kWipeToldAfter &&
            StandsStill(torso_length) && (Sweeps(kLeftWrist, torso_length) || Sweeps(kRightWrist, torso_length));
}

// No bone looks longer than it is: of who leans towards the camera, the legs tell more than the torso. 0 = not known.
float WipingDetector::TorsoByLegs() const {
  std::vector<float> legs;
  for (const Sample& sample : samples_) {
    const auto ankles = MiddleOf(sample.joints, kLeftAnkle, kRightAnkle);
    if (ankles) legs.push_back(Distance(*ankles, sample.hips));
  }
  return InnerRange(std::move(legs)).high / kLegPerTorso;
}

// Where no foot is surely seen, what is guessed of both tells, else the hips: legs that are hidden may belong to
// somebody who sits and exercises, whose feet are guessed here and there.
bool WipingDetector::StandsStill(float torso_length) const {
  std::vector<Point> guessed;
  std::vector<Point> shoulders;
  for (const Sample& sample : samples_) {
    guessed.push_back(MiddleOf(sample.joints, kLeftAnkle, kRightAnkle).value_or(sample.hips));
    shoulders.push_back(MiddleOf(sample.joints, kLeftShoulder, kRightShoulder).value_or(sample.hips));
  }
  const float hip_rise = InnerRangeOf(samples_, [](const Sample& sample) { return sample.hips.y; }).size();
  const std::vector<Point> left = PathOf(kLeftAnkle, kSureWeight, Origin::kPicture);
  const std::vector<Point> right = PathOf(kRightAnkle, kSureWeight, Origin::kPicture);
  const float feet = left.empty() && right.empty() ? Travel(guessed) : std::max(Travel(left), Travel(right));
  return feet < kFootTravel * torso_length && hip_rise < kHipRise * torso_length &&
         Travel(shoulders) < kShoulderTravel * torso_length;
}

// Where a joint of at least this weight was. One that is hidden most of the time may be anywhere; nothing then.
std::vector<Point> WipingDetector::PathOf(KeypointId joint, float least_weight, Origin origin) const {
  std::vector<Point> path;
  for (const Sample& sample : samples_) {
    const Joint& seen = sample.joints[joint];
    if (seen.weight >= least_weight) path.push_back(origin == Origin::kHips ? seen.at - sample.hips : seen.at);
  }
  if (static_cast<float>(path.size()) < kSeenShare * static_cast<float>(samples_.size())) return {};
  return path;
}

float WipingDetector::MeanWeight(KeypointId joint) const {
  float sum = 0;
  for (const Sample& sample : samples_) sum += sample.joints[joint].weight;
  return sum / static_cast<float>(samples_.size());
}

bool WipingDetector::Sweeps(KeypointId hand, float torso_length) const {
  std::vector<Point> path;  // of the hand, from the hips, torso lengths
  for (const Point& at : PathOf(hand, kLeastWeight, Origin::kHips)) path.push_back((1 / torso_length) * at);
  if (path.empty() || MeanWeight(hand) < kSeenWeight) return false;
  const auto heights = InnerRangeOf(path, [](const Point& at) { return -at.y; });
  if (heights.low < kLowestHand || heights.high > kHighestFlat || heights.size() > kMostHandRise) return false;
  const Strokes strokes = MeasureStrokes(path, {.least = kLeastStroke, .share = kStrokeShare});
  const bool is_flat = heights.size() <= kMostFlatRise && strokes.extent >= kLeastFlatExtent;
  if (heights.high > kHighestHand && !is_flat) return false;
  return strokes.count >= (wiping_ ? kGoingOn : kLeastStrokes) && strokes.extent >= kLeastExtent &&
         strokes.extent <= kMostExtent;
}

}  // namespace spotter::exercise
